using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Events;

public sealed class EventOrderTests
{
    [Fact]
    public void Events_are_ordered_by_time_then_count_then_id()
    {
        Event[] inOrder =
        [
            Some.Event(minute: 1, id: "z", seq: 9),
            Some.Event(minute: 2, id: "b"),
            Some.Event(minute: 2, id: "c"),
            Some.Event(minute: 2, id: "y", seq: -1),
            Some.Event(minute: 2, id: "x", seq: 2),
            Some.Event(minute: 2, id: "B", seq: 10),
            Some.Event(minute: 2, id: "a", seq: 10),
            Some.Event(minute: 3, id: "a"),
        ];
        var random = new Random(5);

        for (var round = 0; round < 20; round++)
        {
            var shuffled = inOrder.ToArray();
            random.Shuffle(shuffled);
            Array.Sort(shuffled, EventOrder.Instance);
            Assert.Equal(inOrder, shuffled);
        }
    }
}
