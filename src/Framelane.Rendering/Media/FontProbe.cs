using System.Buffers.Binary;
using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Rendering.Text;

namespace Framelane.Rendering.Media;

/// <summary>Tells a font by its first bytes, looks at its table of contents, has the OpenType Sanitizer read all of it where that is installed, and reads its names.</summary>
public sealed class FontProbe(MediaTool tool) : IFontProbe
{
    /// <summary>Twice the largest of the common ones, which hold all of Chinese, Japanese and Korean.</summary>
    const long LargestFont = 64 << 20;

    /// <summary>Of the file, and of each table's entry.</summary>
    const int HeaderLength = 12, EntryLength = 16;

    /// <summary>Where a compressed font says how long it is.</summary>
    const int LengthOffset = 8;

    /// <summary>None that an asset may be of: a collection goes by the type of its first face.</summary>
    const string Collection = "font/collection";

    readonly FontSanitizer sanitizer = new(tool);

    public async Task<FontFacts?> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        if (await TypeOfAsync(path, cancellationToken) is not { } type)
            return null;
        if (IsCompressed(type) && !FontSanitizer.IsInstalled)
            throw new MediaException(MediaErrorCodes.CodecUnsupported, "This installation cannot read compressed fonts.");
        var sound = await sanitizer.SanitizeAsync(path, _ => true, cancellationToken) ?? throw Damaged();
        AssetFont[] faces = [.. sound.SelectMany(FontFileReader.Read).Select(face => new AssetFont(face.Family, face.LightestWeight, face.HeaviestWeight, face.Width, face.IsItalic))];
        foreach (var file in sound.Where(file => file != path))
            File.Delete(file);
        return faces.Length > 0
            ? new(MediaTypes.Find(type)!, faces)
            : throw new MediaException(MediaErrorCodes.InvalidSource, "The font does not say of which family it is.");
    }

    /// <returns>Null where it is no font.</returns>
    static async Task<string?> TypeOfAsync(string path, CancellationToken cancellationToken)
    {
        var head = new byte[HeaderLength];
        await using var file = File.OpenRead(path);
        if (await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length || TypeOf(head) is not { } type)
            return null;
        if (file.Length > LargestFont)
            throw new MediaException(MediaErrorCodes.SourceTooLarge, $"The font is larger than {LargestFont} bytes.");
        if (type == Collection)
            return await TypeOfFirstFaceAsync(file, cancellationToken) ?? throw Damaged();
        var isWhole = IsCompressed(type)
            ? BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(LengthOffset)) == file.Length
            : await HasItsTablesAsync(file, head, cancellationToken);
        return isWhole ? type : throw Damaged();
    }

    static string? TypeOf(ReadOnlySpan<byte> head) => head switch
    {
        [0, 1, 0, 0, ..] => "font/ttf",
        _ when head.StartsWith("true"u8) => "font/ttf",
        _ when head.StartsWith("OTTO"u8) => "font/otf",
        _ when head.StartsWith("wOFF"u8) => "font/woff",
        _ when head.StartsWith("wOF2"u8) => "font/woff2",
        _ when head.StartsWith("ttcf"u8) => Collection,
        _ => null,
    };

    /// <param name="file">A collection, read up to the end of its header, where the places of its faces follow.</param>
    static async Task<string?> TypeOfFirstFaceAsync(FileStream file, CancellationToken cancellationToken)
    {
        var four = new byte[4];
        if (await file.ReadAtLeastAsync(four, four.Length, throwOnEndOfStream: false, cancellationToken) < four.Length)
            return null;
        file.Position = BinaryPrimitives.ReadUInt32BigEndian(four);
        if (await file.ReadAtLeastAsync(four, four.Length, throwOnEndOfStream: false, cancellationToken) < four.Length)
            return null;
        return TypeOf(four) is { } type and not Collection && !IsCompressed(type) ? type : null;
    }

    static bool IsCompressed(string type) => type.StartsWith("font/woff", StringComparison.Ordinal);

    static MediaException Damaged() => new(MediaErrorCodes.InvalidSource, "The font is damaged or incomplete.");

    static async Task<bool> HasItsTablesAsync(FileStream file, byte[] head, CancellationToken cancellationToken)
    {
        var entries = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(4)) * EntryLength];
        if (entries.Length == 0 || await file.ReadAtLeastAsync(entries, entries.Length, throwOnEndOfStream: false, cancellationToken) < entries.Length)
            return false;
        return entries.Chunk(EntryLength).All(entry =>
            (long)BinaryPrimitives.ReadUInt32BigEndian(entry.AsSpan(8)) + BinaryPrimitives.ReadUInt32BigEndian(entry.AsSpan(12)) <= file.Length);
    }
}
