using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Capabilities.Get;

/// <summary>What this installation can do for a workspace: the catalogue, and the fonts that were uploaded to it.</summary>
public sealed record GetCapabilitiesQuery(WorkspaceId WorkspaceId) : IRequest<CapabilityCatalogue>;

sealed class GetCapabilitiesHandler(IAssetRepository assets, CapabilityCatalogue catalogue) : IRequestHandler<GetCapabilitiesQuery, CapabilityCatalogue>
{
    public async Task<CapabilityCatalogue> Handle(GetCapabilitiesQuery query, CancellationToken cancellationToken)
    {
        var own = (await assets.ListFontsAsync(query.WorkspaceId, cancellationToken))
            .Where(font => font.Family != TextElement.DefaultFontFamily)
            .GroupBy(font => font.Family)
            .Select(Family)
            .ToArray();
        return own.Length == 0
            ? catalogue
            : catalogue with { Fonts = [.. own.UnionBy(catalogue.Fonts, font => font.Type).OrderBy(font => font.Type, StringComparer.Ordinal)] };
    }

    static Capability Family(IGrouping<string, AssetFont> faces) => SceneCapabilities.Font(new(
        faces.Key, faces.Min(face => face.LightestWeight), faces.Max(face => face.HeaviestWeight), faces.Any(face => face.IsItalic)));
}
