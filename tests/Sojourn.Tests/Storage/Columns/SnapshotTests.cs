using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage.Columns;
using Xunit;

namespace Sojourn.Tests.Storage.Columns;

public class SnapshotTests
{
    private static readonly IReadOnlyList<SessionKind> Kinds = [ParcelKind.Instance];

    [Fact]
    public void What_was_saved_answers_like_what_was_loaded_and_goes_on()
    {
        var random = new RandomParcels(20);
        using var columns = new SessionColumns(Kinds);
        var all = SessionColumnsReferenceTests.Live(random, columns, 5_000);

        using var loaded = SessionColumns.Load(new MemoryStream(Saved(columns)), Kinds)!;
        var changed = Enumerable.Range(0, 400)
            .Select(_ => random.Session(random.Next(6_000))).ToList();
        var removed = Enumerable.Range(0, 400).Select(_ => random.Id(random.Next(6_000))).ToList();
        loaded.Apply(changed, removed);
        removed.ForEach(id => all.Remove(id));
        changed.ForEach(one => all[one.Id] = one);

        Assert.Equal(all.Count, loaded.Count("parcel"));
        for (var i = 0; i < 30; i++)
        {
            var query = random.Query();
            var asOf = new AsOf(1, random.NowUs());
            SessionAssert.Equal(NaiveList.Page(all.Values, query, asOf), loaded.Query(query, asOf));
        }
    }

    [Fact]
    public void A_snapshot_can_be_followed_by_other_bytes()
    {
        using var columns = Some100();
        var stream = new MemoryStream([.. Saved(columns), 42]);

        using var loaded = SessionColumns.Load(stream, Kinds);

        Assert.NotNull(loaded);
        Assert.Equal(42, stream.ReadByte());
    }

    [Fact]
    public void A_single_damaged_bit_anywhere_is_refused()
    {
        using var columns = Some100();
        var saved = Saved(columns);

        for (var i = 0; i < saved.Length; i += 1 + i % 977)
        {
            saved[i] ^= 0x10;
            Assert.Null(SessionColumns.Load(new MemoryStream(saved), Kinds));
            saved[i] ^= 0x10;
        }
    }

    [Fact]
    public void A_snapshot_cut_short_anywhere_is_refused()
    {
        using var columns = Some100();
        var saved = Saved(columns);

        for (var length = 0; length < saved.Length; length += 1 + length / 7)
            Assert.Null(SessionColumns.Load(new MemoryStream(saved, 0, length), Kinds));
    }

    [Fact]
    public void A_snapshot_of_a_kind_with_other_fields_is_refused()
    {
        using var columns = Some100();

        Assert.Null(SessionColumns.Load(new MemoryStream(Saved(columns)), []));
        Assert.Null(SessionColumns.Load(
            new MemoryStream(Saved(columns)), [ParcelKind.Instance, ParcelKind.Instance]));
    }

    private static SessionColumns Some100()
    {
        var columns = new SessionColumns(Kinds);
        columns.Apply([.. Enumerable.Range(0, 100).Select(new RandomParcels(21).Session)], []);
        return columns;
    }

    private static byte[] Saved(SessionColumns columns)
    {
        var stream = new MemoryStream();
        columns.Save(stream);
        return stream.ToArray();
    }
}
