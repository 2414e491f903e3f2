using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Text;

/// <summary>What the texts of one render are set in: the installed fonts, and those that its order brings, which are closed with it.</summary>
sealed class RenderFonts : IDisposable
{
    RenderFonts(FontLibrary library) => Library = library;

    public FontLibrary Library { get; }

    /// <exception cref="MediaException">A font of the order is not sound any more.</exception>
    public static async Task<RenderFonts> OpenAsync(MediaTool tool, FontLibrary installed, RenderOrder order, CancellationToken cancellationToken)
    {
        var sanitizer = new FontSanitizer(tool);
        var families = SceneFonts.Of(order.Scene).Select(font => font.Family).ToHashSet();
        var files = new List<string>();
        foreach (var font in order.Fonts)
        {
            files.AddRange(await sanitizer.SanitizeAsync(Path.GetFullPath(font), face => families.Contains(face.Family), cancellationToken)
                ?? throw new MediaException(MediaErrorCodes.InvalidSource, "A font of the workspace is damaged."));
        }

        return new(installed.With(files));
    }

    public void Dispose() => Library.CloseOwn();
}
