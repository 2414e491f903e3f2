using Framelane.Domain.Assets;

namespace Framelane.Application.Abstractions;

/// <summary>Finds out whether a file of unknown origin is a font, and which. The file is hostile until this has said otherwise.</summary>
public interface IFontProbe
{
    /// <param name="path">A file in a folder that can be written to.</param>
    /// <returns>Null where its first bytes are no font's.</returns>
    /// <exception cref="MediaException">It is a font that is damaged, too large, or of no family.</exception>
    Task<FontFacts?> ProbeAsync(string path, CancellationToken cancellationToken);
}

/// <param name="Faces">One; more where the file is a collection.</param>
public sealed record FontFacts(MediaType Type, IReadOnlyList<AssetFont> Faces);
