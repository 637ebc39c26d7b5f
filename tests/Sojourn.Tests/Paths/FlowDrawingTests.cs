using Sojourn.Server.Paths;
using Xunit;

namespace Sojourn.Tests.Paths;

/// <summary>Counted paths become nodes and links that add up and can be asked for.</summary>
public sealed class FlowDrawingTests
{
    [Fact]
    public void A_path_leads_from_step_to_step_and_to_its_outcome()
    {
        var flow = FlowDrawing.Of([Path(7, "Order", "Blog", "Pricing")], 4, []);

        Assert.Equal(
            ["0 Blog 7 step_1=Blog", "1 Pricing 7 step_2=Pricing", "3 Order 7 goal=Order"],
            NodesOf(flow));
        Assert.Equal(
            [
                "Blog>Pricing 7 step_1=Blog&step_2=Pricing",
                "Pricing>Order 7 step_2=Pricing&step_3=&goal=Order",
            ],
            LinksOf(flow));
    }

    [Fact]
    public void Longer_paths_end_in_their_outcome_after_the_last_column()
    {
        var flow = FlowDrawing.Of(
            [Path(2, "", "A", "B"), Path(3, "", "A", "B", "C", "D")], 3, []);

        Assert.Equal(
            ["A>B 5 step_1=A&step_2=B", "B> 5 step_2=B&goal="], LinksOf(flow));
    }

    [Fact]
    public void One_step_at_two_places_is_two_nodes()
    {
        var flow = FlowDrawing.Of([Path(1, "", "A", "B", "A")], 4, []);

        Assert.Equal(["0 A", "1 B", "2 A", "3 "], NodesOf(flow).Select(one => one.Split(" 1 ")[0]));
    }

    [Fact]
    public void Sessions_without_a_step_are_drawn_as_such()
    {
        var flow = FlowDrawing.Of([Path(4, "")], 4, []);

        Assert.Equal(["0  4 step_1=", "3  4 goal="], NodesOf(flow));
        Assert.Equal(["> 4 step_1=&goal="], LinksOf(flow));
    }

    [Fact]
    public void Conversions_that_were_not_chosen_stand_together()
    {
        var flow = FlowDrawing.Of(
            [Path(5, "Order", "A"), Path(2, "Demo", "A"), Path(1, "Trial", "A")], 3, ["Demo"]);

        Assert.Equal(
            ["0 A 8 step_1=A", "2 Demo 2 goal=Demo", "2 2 6 goal=Order&goal=Trial"],
            NodesOf(flow));
        Assert.Equal(FlowKind.OtherGoals, flow.Nodes[^1].Kind);
    }

    [Fact]
    public void Rare_steps_stand_together_when_an_address_can_name_them()
    {
        var flow = FlowDrawing.Of(
            [
                Path(50, "", "main"),
                .. from i in Enumerable.Range(0, FlowDrawing.NodesMax + 2)
                   select Path(i + 1, "", "s" + i),
            ],
            3, []);

        var others = Assert.Single(flow.Nodes, one => one.Kind == FlowKind.Others);
        Assert.Equal(1 + 2 + 3, others.Sessions.Count);
        Assert.Equal(["s2", "s1", "s0"], others.Sessions.Filter.Select(one => one.Value));
        Assert.Equal(0, flow.Undrawn);
    }

    [Fact]
    public void What_no_address_can_name_is_not_drawn_and_counted()
    {
        var rare = Enumerable.Range(0, 60).Select(i => Path(1, "", new string('x', 40) + i));
        var flow = FlowDrawing.Of(
            [
                .. Enumerable.Range(0, FlowDrawing.NodesMax).Select(i => Path(5, "", "s" + i)),
                .. rare,
            ],
            3, []);

        Assert.DoesNotContain(flow.Nodes, one => one.Kind == FlowKind.Others);
        Assert.Equal(60, flow.Undrawn);
        Assert.Equal(110, Assert.Single(flow.Nodes, one => one.Kind == FlowKind.Left)
            .Sessions.Count);
    }

    private static PathCount Path(long count, string goal, params string[] steps) =>
        new(steps, goal, count);

    private static List<string> NodesOf(FlowGraph flow) =>
        [.. flow.Nodes.Select(one => $"{one.Column} {one.Name} {Text(one.Sessions)}")];

    private static List<string> LinksOf(FlowGraph flow)
    {
        var names = flow.Nodes.ToDictionary(one => one.Id, one => one.Name);
        return
        [
            .. flow.Links.Select(one => $"{names[one.From]}>{names[one.To]} {Text(one.Sessions)}"),
        ];
    }

    private static string Text(Figure figure) => $"{figure.Count} "
        + string.Join('&', figure.Filter.Select(one => $"{one.Key}={one.Value}"));
}
