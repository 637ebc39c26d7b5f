using System.Text;
using System.Text.Json;
using Sojourn.Server.Api;

namespace Sojourn.Server.Commands.Importing;

/// <summary>Writes refused lines beside the file they come from, to be mended.</summary>
internal sealed class RejectedLines : IDisposable
{
    private readonly string _path;
    private StreamWriter? _to;

    /// <summary>Names the file; it is made with the first refused line.</summary>
    /// <param name="source">The file the lines come from; <c>-</c> is standard input.</param>
    public RejectedLines(string source)
    {
        _path = (source == EventSource.StandardInput ? "stdin" : source) + ".rejected.ndjson";
        try
        {
            // What an earlier run refused says nothing about this one.
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is said when there is something to write.
        }
    }

    /// <summary>Lines refused so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a refused line.</summary>
    /// <param name="line">Its number, from 1.</param>
    /// <param name="code">Why.</param>
    /// <param name="field">The field at fault, or null.</param>
    /// <param name="text">The line as it stands, or the event's JSON.</param>
    public void Add(long line, string code, string? field, string text)
    {
        Count++;
        _to ??= Open();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, line);
            json.WriteString("code"u8, code);
            json.WriteString("field"u8, field);
            json.WriteString("text"u8, text);
            json.WriteEndObject();
        }

        _to.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    public void Dispose() => _to?.Dispose();

    // A folder that cannot be written to is no reason to lose what is good.
    private StreamWriter Open()
    {
        try
        {
            var writer = new StreamWriter(_path, append: false);
            Console.Error.WriteLine($"sojourn: refused lines are written to {_path}");
            return writer;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"sojourn: {_path} cannot be written; refused lines follow.");
            return new StreamWriter(Console.OpenStandardError());
        }
    }
}
