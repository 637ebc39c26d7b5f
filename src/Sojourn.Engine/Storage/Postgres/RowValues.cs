using Npgsql;
using NpgsqlTypes;

namespace Sojourn.Storage.Postgres;

/// <summary>Values that may be missing, to and from rows.</summary>
internal static class RowValues
{
    public static string? TextOrNull(this NpgsqlDataReader row, int at) =>
        row.IsDBNull(at) ? null : row.GetString(at);

    public static long? LongOrNull(this NpgsqlDataReader row, int at) =>
        row.IsDBNull(at) ? null : row.GetInt64(at);

    public static Task TextAsync(
        this NpgsqlBinaryImporter copy, string? text, CancellationToken cancel) =>
        text is null
            ? copy.WriteNullAsync(cancel)
            : copy.WriteAsync(text, NpgsqlDbType.Text, cancel);

    public static Task LongAsync(
        this NpgsqlBinaryImporter copy, long? number, CancellationToken cancel) =>
        number is { } value
            ? copy.WriteAsync(value, NpgsqlDbType.Bigint, cancel)
            : copy.WriteNullAsync(cancel);
}
