using Framelane.Domain.Assets;

namespace Framelane.Application.Jobs;

/// <summary>An asset that a job reads.</summary>
/// <param name="Url">By which the request names it: its own address, or the external one that it is copied from.</param>
/// <param name="Place">Where the request names it first, such as <c>elements[0].source_url</c>.</param>
public sealed record JobSource(AssetId AssetId, string Url, string Place);
