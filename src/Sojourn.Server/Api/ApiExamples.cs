using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Sojourn.Server.Api;

/// <summary>What requests and answers look like, shown in the OpenAPI document.</summary>
internal static class ApiExamples
{
    private const string Session = """
        {"id":"v_7clb8SYZhbS5_ybSGHWLaQ","lens":"leads","kind":"visit",
         "person":{"id":"ada","email":"ada@example.com","name":"Ada"},
         "started":"2026-11-21T10:00:00.000Z","duration_ms":420000,"events":5,
         "entry":"email_open","exit":"form_submit","status":"converted","source":"direct",
         "lead":{"points":85,"intent":"high","level":"hot","score":60,"channel":"email",
                 "goal":"Contact form","step":["Opened e-mail","Pricing","Case study"]}}
        """;

    private const string Rules = """
        {"version":1,"rules":{"rules":[{"id":"pricing","name":"Looked at prices","points":15,
         "when":{"events":["page_view"],
                 "where":[{"property":"path","is":"like","value":"/pricing*"}]}}]}}
        """;

    private static readonly Dictionary<string, string> Answers = new()
    {
        ["GET v1/sessions"] = Page(Session),
        ["GET sessions"] = Page(Session),
        ["GET v1/sessions/{id}"] = Session,
        ["GET v1/events"] = """
            {"items":[{"id":"e1","name":"page_view","person_id":"ada","trust":"verified",
             "time":"2026-11-21T10:02:00.000Z","suppressed_by":null}],"next":null}
            """,
        ["GET v1/scoring"] = Rules,
        ["PUT v1/scoring"] = Rules,
        ["POST v1/scoring/preview"] = """
            {"sessions":4450,"changed":312,"fields":{"points":312,"score":340},
             "suppressed_before":64,"suppressed_after":64,
             "leads":{"up":120,"down":3,"unchanged":900,"mean_change":1.7},"took_ms":38.2}
            """,
    };

    private static readonly Dictionary<string, string> Requests = new()
    {
        ["POST v1/events"] = """
            [{"id":"e1","name":"page_view","person_id":"ada","time":"2026-11-21T10:02:00Z",
              "context":{"url":"https://shop.example/pricing"}}]
            """,
        ["PUT v1/scoring"] = Rules,
        ["POST v1/scoring/preview"] = Rules,
        ["POST v1/resessionize/preview"] = """{"timeout":"15m"}""",
        ["POST v1/sessions/{id}/actions"] =
            """{"type":"status","to":"contacted","version":0}""",
    };

    /// <summary>Adds the examples there are for an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="route">Its method and path, e.g. <c>GET v1/sessions</c>.</param>
    public static void AddTo(OpenApiOperation operation, string route)
    {
        if (Requests.TryGetValue(route, out var request))
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Content = Json(request),
                Required = true,
            };
        }

        if (Answers.TryGetValue(route, out var answer))
        {
            (operation.Responses ??= [])["200"] = new OpenApiResponse
            {
                Description = "OK",
                Content = Json(answer),
            };
        }
    }

    private static Dictionary<string, OpenApiMediaType> Json(string example) => new()
    {
        ["application/json"] = new OpenApiMediaType { Example = JsonNode.Parse(example) },
    };

    private static string Page(string item) =>
        $$"""{"total":2070,"items":[{{item}}],"facets":{"intent":{"high":41,"low":17} },"""
        + """
        "next":null,"exact":true,"as_of":{"sequence":239,"now":"2026-11-21T10:40:00.000Z"}}
        """;
}
