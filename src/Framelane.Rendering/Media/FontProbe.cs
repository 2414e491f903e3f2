using System.Buffers.Binary;
using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;

namespace Framelane.Rendering.Media;

/// <summary>Tells a font by its first bytes, looks at its table of contents, and has the OpenType Sanitizer read all of it where that is installed.</summary>
public sealed class FontProbe(MediaTool tool) : IFontProbe
{
    const string Sanitizer = "ots-sanitize";

    /// <summary>Twice the largest of the common ones, which hold all of Chinese, Japanese and Korean.</summary>
    const long LargestFont = 64 << 20;

    /// <summary>Of the file, and of each table's entry.</summary>
    const int HeaderLength = 12, EntryLength = 16;

    /// <summary>Where a compressed font says how long it is.</summary>
    const int LengthOffset = 8;

    static readonly Lazy<bool> IsInstalled = new(() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Sanitizer))));

    public async Task<MediaType?> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var head = new byte[HeaderLength];
        await using var file = File.OpenRead(path);
        if (await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length || TypeOf(head) is not { } type)
            return null;
        if (file.Length > LargestFont)
            throw new MediaException(MediaErrorCodes.SourceTooLarge, $"The font is larger than {LargestFont} bytes.");
        if (!(IsCompressed(type) ? BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(LengthOffset)) == file.Length : await HasItsTablesAsync(file, head, cancellationToken))
            || !await IsSoundAsync(path, cancellationToken))
            throw new MediaException(MediaErrorCodes.InvalidSource, "The font is damaged or incomplete.");
        return MediaTypes.Find(type);
    }

    static string? TypeOf(ReadOnlySpan<byte> head) => head switch
    {
        [0, 1, 0, 0, ..] => "font/ttf",
        _ when head.StartsWith("true"u8) => "font/ttf",
        _ when head.StartsWith("OTTO"u8) => "font/otf",
        _ when head.StartsWith("wOFF"u8) => "font/woff",
        _ when head.StartsWith("wOF2"u8) => "font/woff2",
        _ => null,
    };

    static bool IsCompressed(string type) => type.StartsWith("font/woff", StringComparison.Ordinal);

    static async Task<bool> HasItsTablesAsync(FileStream file, byte[] head, CancellationToken cancellationToken)
    {
        var entries = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(4)) * EntryLength];
        if (entries.Length == 0 || await file.ReadAtLeastAsync(entries, entries.Length, throwOnEndOfStream: false, cancellationToken) < entries.Length)
            return false;
        return entries.Chunk(EntryLength).All(entry =>
            (long)BinaryPrimitives.ReadUInt32BigEndian(entry.AsSpan(8)) + BinaryPrimitives.ReadUInt32BigEndian(entry.AsSpan(12)) <= file.Length);
    }

    async Task<bool> IsSoundAsync(string path, CancellationToken cancellationToken) =>
        !IsInstalled.Value || (await tool.RunAsync(new(Sanitizer, [path], [path]), tool.Options.ProbeTimeout, cancellationToken)).ExitCode == 0;
}
