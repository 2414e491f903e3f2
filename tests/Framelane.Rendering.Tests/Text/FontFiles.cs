using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Framelane.Rendering.Tests.Text;

/// <summary>Makes fonts of other names and formats of those that are installed, by the formats' own specifications.</summary>
static class FontFiles
{
    public const string Regular = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", Bold = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
        Italic = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Oblique.ttf", Serif = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf";

    /// <summary>A collection as it is published: ten faces, whose outlines are of OpenType's compact kind and shared.</summary>
    public const string Ideographs = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

    const string NameTable = "name";

    /// <summary>The font under another family's name.</summary>
    public static byte[] Renamed(string path, string family) => Renamed(File.ReadAllBytes(path), family);

    public static byte[] Renamed(byte[] font, string family)
    {
        var tables = Tables(font);
        tables[NameTable] = Names(family);
        return Write(font[..4], tables);
    }

    /// <summary>The file with another word in all names of its fonts; nothing is moved.</summary>
    /// <param name="to">As long as the first.</param>
    public static byte[] RenamedInPlace(string path, string from, string to)
    {
        var (file, word) = (File.ReadAllBytes(path), Encoding.BigEndianUnicode.GetBytes(from));
        for (int at = 0, found; (found = file.AsSpan(at).IndexOf(word)) >= 0; at += found)
            Encoding.BigEndianUnicode.GetBytes(to, file.AsSpan(at + found));
        return file;
    }

    /// <summary>Fonts in one file (OpenType, "Font Collections").</summary>
    public static byte[] Collection(params byte[][] fonts)
    {
        var head = 12 + 4 * fonts.Length;
        var file = new List<byte>([.. "ttcf"u8, .. U16(1), .. U16(0), .. U32(fonts.Length)]);
        var offset = head;
        foreach (var font in fonts)
        {
            file.AddRange(U32(offset));
            offset += font.Length;
        }

        foreach (var font in fonts)
        {
            // Tables lie where the whole file has them.
            var moved = font.ToArray();
            for (var entry = 0; entry < BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4)); entry++)
            {
                var at = moved.AsSpan(12 + entry * 16 + 8);
                BinaryPrimitives.WriteInt32BigEndian(at, BinaryPrimitives.ReadInt32BigEndian(at) + file.Count);
            }

            file.AddRange(moved);
        }

        return [.. file];
    }

    /// <summary>W3C, "WOFF File Format 1.0".</summary>
    public static byte[] Woff(byte[] font)
    {
        var tables = Tables(font);
        var (directory, data) = (new List<byte>(), new List<byte>());
        var offset = 44 + 20 * tables.Count;
        foreach (var (tag, table) in tables)
        {
            var packed = Deflated(table);
            var stored = packed.Length < table.Length ? packed : table;
            directory.AddRange([.. Encoding.ASCII.GetBytes(tag), .. U32(offset + data.Count), .. U32(stored.Length), .. U32(table.Length), .. U32((int)Sum(table))]);
            data.AddRange(Padded(stored));
        }

        byte[] head =
        [
            .. "wOFF"u8, .. font[..4], .. U32(offset + data.Count), .. U16(tables.Count), .. U16(0), .. U32(Write(font[..4], tables).Length), .. U16(1), .. U16(0),
            .. new byte[20],
        ];
        return [.. head, .. directory, .. data];
    }

    /// <summary>W3C, "WOFF File Format 2.0", of untransformed tables.</summary>
    public static byte[] Woff2(byte[] font)
    {
        var tables = Tables(font);
        var directory = new List<byte>();
        foreach (var (tag, table) in tables)
        {
            // 63: the tag follows. Outlines that are not transformed are of version 3, all else of version 0.
            directory.Add((byte)(63 | (tag is "glyf" or "loca" ? 3 << 6 : 0)));
            directory.AddRange([.. Encoding.ASCII.GetBytes(tag), .. Base128(table.Length)]);
        }

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var table in tables.Values)
                brotli.Write(table);
        }

        var data = packed.ToArray();
        var length = 48 + directory.Count + data.Length;
        var padding = (4 - length % 4) % 4;
        byte[] head =
        [
            .. "wOF2"u8, .. font[..4], .. U32(length + padding), .. U16(tables.Count), .. U16(0), .. U32(Write(font[..4], tables).Length), .. U32(data.Length),
            .. U16(1), .. U16(0), .. new byte[20],
        ];
        return [.. head, .. directory, .. data, .. new byte[padding]];
    }

    static SortedDictionary<string, byte[]> Tables(byte[] font)
    {
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (var entry = 0; entry < BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4)); entry++)
        {
            var at = font.AsSpan(12 + entry * 16);
            tables[Encoding.ASCII.GetString(at[..4])] = font.AsSpan(BinaryPrimitives.ReadInt32BigEndian(at[8..]), BinaryPrimitives.ReadInt32BigEndian(at[12..])).ToArray();
        }

        return tables;
    }

    static byte[] Write(byte[] version, SortedDictionary<string, byte[]> tables)
    {
        var (directory, data) = (new List<byte>(), new List<byte>());
        foreach (var (tag, table) in tables)
        {
            directory.AddRange([.. Encoding.ASCII.GetBytes(tag), .. U32((int)Sum(table)), .. U32(12 + 16 * tables.Count + data.Count), .. U32(table.Length)]);
            data.AddRange(Padded(table));
        }

        var power = 1 << (int)Math.Log2(tables.Count);
        return [.. version, .. U16(tables.Count), .. U16(power * 16), .. U16((int)Math.Log2(power)), .. U16(tables.Count * 16 - power * 16), .. directory, .. data];
    }

    /// <summary>Windows, Unicode, English: family, style, full and PostScript name.</summary>
    static byte[] Names(string family)
    {
        (int Id, string Text)[] names = [(1, family), (2, "Regular"), (4, family), (6, family.Replace(" ", "", StringComparison.Ordinal))];
        var (records, texts) = (new List<byte>(), new List<byte>());
        foreach (var (id, text) in names)
        {
            var bytes = Encoding.BigEndianUnicode.GetBytes(text);
            records.AddRange([.. U16(3), .. U16(1), .. U16(0x409), .. U16(id), .. U16(bytes.Length), .. U16(texts.Count)]);
            texts.AddRange(bytes);
        }

        return [.. U16(0), .. U16(names.Length), .. U16(6 + records.Count), .. records, .. texts];
    }

    static uint Sum(byte[] table)
    {
        var sum = 0u;
        var padded = Padded(table);
        for (var at = 0; at < padded.Length; at += 4)
            sum += BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(at));
        return sum;
    }

    static byte[] Deflated(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(bytes);
        return packed.ToArray();
    }

    static byte[] Base128(int number)
    {
        var bytes = new List<byte> { (byte)(number & 127) };
        while ((number >>= 7) > 0)
            bytes.Insert(0, (byte)(number & 127 | 128));
        return [.. bytes];
    }

    static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(4 - bytes.Length % 4) % 4]];

    static byte[] U16(int number) => [(byte)(number >> 8), (byte)number];

    static byte[] U32(int number) => [.. U16(number >> 16), .. U16(number)];
}
