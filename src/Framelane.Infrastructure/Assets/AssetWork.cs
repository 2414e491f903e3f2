using Framelane.Domain.Assets;

namespace Framelane.Infrastructure.Assets;

/// <summary>A kind of work on assets. Each has a queue and places of its own: what is uploaded waits for no server that sends as slowly as it may.</summary>
/// <param name="Status">Of the assets on which there is such work.</param>
/// <param name="Places">So many a process works on at once.</param>
/// <param name="PlacesOfOne">So many of one workspace are worked on at once, on all machines together. The rest of its own wait, and nobody else's.</param>
sealed record AssetWork(AssetStatus Status, int Places, int PlacesOfOne)
{
    /// <summary>More than there are processors: most of the time, they wait for what is sent.</summary>
    public static readonly AssetWork Fetch = new(AssetStatus.Fetching, Places: 12, PlacesOfOne: 4);

    /// <summary>Of what lies in storage it is found out what it is.</summary>
    public static readonly AssetWork Inspect = new(AssetStatus.Received, Places: 4, PlacesOfOne: 2);

    public static readonly IReadOnlyList<AssetWork> All = [Fetch, Inspect];
}
