using Sojourn.Queries;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Storage.Columns;

/// <summary>Compares by content; records compare their lists by reference.</summary>
internal static class SessionAssert
{
    public static void Equal(Session expected, Session? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.EventNames, actual.EventNames);
        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(
            expected with { EventNames = [], Values = [] },
            actual with { EventNames = [], Values = [] });
    }

    public static void Equal(SessionPage expected, SessionPage actual)
    {
        Assert.Equal(expected.Total, actual.Total);
        Assert.Equal(expected.Items.Select(one => one.Id), actual.Items.Select(one => one.Id));
        Assert.All(expected.Items.Zip(actual.Items), pair => Equal(pair.First, pair.Second));
        Assert.Equal(expected.Next, actual.Next);
        Assert.Equal(expected.AsOf, actual.AsOf);
        Assert.Equal(
            expected.Facets.Select(one => one.Field), actual.Facets.Select(one => one.Field));
        Assert.All(
            expected.Facets.Zip(actual.Facets),
            pair => Assert.Equal(pair.First.Counts, pair.Second.Counts));
    }
}
