using System.Security.Cryptography;
using System.Text;
using Framelane.Rendering.Media;
using Framelane.Rendering.Text;
using SkiaSharp;

namespace Framelane.Rendering.Engine;

/// <summary>Names what decides about frames and files besides the order: this build, Skia's, ffmpeg's, and the fonts. Found out once.</summary>
sealed class EngineVersion(MediaProbe probe, FontLibrary fonts)
{
    string? name;

    public async Task<string> NameAsync(CancellationToken cancellationToken) => name ??= await FindAsync(cancellationToken);

    async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        var all = new StringBuilder(await probe.VersionAsync(cancellationToken));
        foreach (var type in new[] { typeof(EngineVersion), typeof(SKCanvas) })
            all.Append(type.Module.ModuleVersionId).Append('\n');
        foreach (var font in fonts.Files)
            all.Append(font).Append(' ').Append(new FileInfo(font).Length).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }
}
