using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sojourn.Queries;
using Sojourn.Server.Api.Outreach;
using Sojourn.Server.Paths;

namespace Sojourn.Server.Api;

/// <summary>Adds to the generated OpenAPI document what signatures do not say.</summary>
internal static class ApiDocument
{
    /// <summary>Names the API, its keys, and the parameters of questions.</summary>
    public static void Describe(OpenApiOptions options)
    {
        // Pages are for people, and the way commands reach their own server for nobody else.
        options.ShouldInclude = api => api.ActionDescriptor.EndpointMetadata.OfType<Policy>()
            .All(policy => !policy.IsPage && policy != Policy.Operate);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Sojourn";
            document.Info.Version = "v1";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??=
                new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A project's write key (send) or secret key (everything).",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, api, _) =>
        {
            var policy = api.Description.ActionDescriptor.EndpointMetadata
                .OfType<Policy>().FirstOrDefault();
            operation.Description = NeedsOf(policy);
            foreach (var (name, text) in ParametersOf(api.Description.RelativePath ?? "",
                api.Description.HttpMethod))
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Query,
                    Description = text,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }

            ApiExamples.AddTo(
                operation, $"{api.Description.HttpMethod} {api.Description.RelativePath}");
            return Task.CompletedTask;
        });
    }

    private static string NeedsOf(Policy? policy) => policy switch
    {
        { Keys.Count: > 0 } =>
            $"Needs a key of kind {string.Join(" or ", policy.Keys).ToLowerInvariant()}.",
        { Role: { } role } =>
            $"Needs a person with the role {role.ToString().ToLowerInvariant()}.",
        _ when policy == Policy.SendByHook =>
            "Needs no key: the address of a hook is its secret. Source: docs/guide/mail.md.",
        _ => "Needs no key.",
    };

    private static IEnumerable<(string Name, string Text)> ParametersOf(
        string path, string? method) => (path, method) switch
        {
            ("v1/sessions" or "sessions" or "v1/sessions/stream", "GET") => OfSessions(),
            ("v1/sessions/export", "GET") => [("format", "csv or ndjson"), .. OfSessions()],
            ("v1/sessions/{id}", "GET") => [("lens", "The list to show it in.")],
            ("v1/sessions/{id}/events", "GET") => Pages(),
            ("v1/people/{id}", "GET") =>
                OfPerson().Where(one => one.Name is "suppressed" or "archived"),
            ("v1/people/{id}/sessions", "GET") => OfPerson(),
            ("v1/events", "GET") =>
            [
                ("id", "Event id."),
                ("person", "Person, user or device id."),
                ("name", "Event name; repeat it for or."),
                ("from", "Earliest time, included, RFC 3339."),
                ("to", "Latest time, excluded, RFC 3339."),
                ("suppressed", "hide, only or all."),
                .. Pages(),
            ],
            ("v1/paths", "GET") => PathsQuestion.Parameters,
            ("v1/outreach/outbox", "GET") => OutboxQuestion.Parameters,
            ("v1/refusals", "GET") =>
                [("format", "csv or ndjson: all that match."), .. RefusalQuestion.Parameters],
            _ => [],
        };

    private static IEnumerable<(string Name, string Text)> Pages() =>
    [
        ("limit", $"1 to {EventQuery.LimitMax}."),
        ("cursor", "The last answer's next."),
    ];

    private static IEnumerable<(string Name, string Text)> OfPerson() =>
        PersonQuery.ParametersOf(Program.Lenses.OfPeople);

    private static IEnumerable<(string Name, string Text)> OfSessions() =>
    [
        ("lens", $"One of {Program.Lenses}."),
        .. QueryParser.ParametersOf(Program.Lenses.All),
    ];
}
