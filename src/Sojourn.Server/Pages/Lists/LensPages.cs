namespace Sojourn.Server.Pages.Lists;

/// <summary>How the lists look, in the order they are offered.</summary>
internal sealed record LensPages(IReadOnlyList<LensPage> All)
{
    /// <summary>A list by its name, or null.</summary>
    public LensPage? Find(string name) => All.FirstOrDefault(one => one.Lens.Name == name);
}
