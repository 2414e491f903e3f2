using System.Diagnostics.Metrics;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>How often a render is there already.</summary>
sealed class RenderCacheMetrics
{
    static readonly KeyValuePair<string, object?> Hit = new("outcome", "hit");
    static readonly KeyValuePair<string, object?> Miss = new("outcome", "miss");

    readonly Counter<long> requests;

    public RenderCacheMetrics(IMeterFactory meters) =>
        requests = meters.Create(FramelaneTelemetry.Name).CreateCounter<long>("framelane.render.cache", null, "Renders looked for among those that were made before.");

    /// <inheritdoc cref="DispatchMetrics.BeginAtZero"/>
    public void BeginAtZero()
    {
        requests.Add(0, Hit);
        requests.Add(0, Miss);
    }

    public void Asked(bool isFound) => requests.Add(1, isFound ? Hit : Miss);
}
