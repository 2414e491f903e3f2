using Framelane.Domain.Assets;

namespace Framelane.Application.Abstractions;

/// <summary>Finds out whether a file of unknown origin is a font. The file is hostile until this has said otherwise.</summary>
public interface IFontProbe
{
    /// <returns>Null where its first bytes are no font's.</returns>
    /// <exception cref="MediaException">It is a font that is damaged, or too large.</exception>
    Task<MediaType?> ProbeAsync(string path, CancellationToken cancellationToken);
}
