using System.Buffers.Binary;
using System.Text;
using Framelane.Domain.Assets;
using Microsoft.Win32.SafeHandles;

namespace Framelane.Rendering.Text;

/// <summary>Reads what the faces of a TrueType, OpenType or collection file are, and none of their outlines.</summary>
/// <remarks>A font library opens a file some ten times slower, and hundreds are looked at when a process starts.</remarks>
sealed class FontFileReader : IDisposable
{
    const int MaxFaces = 64, MaxTables = 256, MaxTableBytes = 1 << 20;
    const int FamilyName = 1, TypographicFamilyName = 16;
    const uint Collection = 0x74746366, NameTable = 0x6e616d65, MetricsTable = 0x4f532f32, VariationsTable = 0x66766172, WeightAxis = 0x77676874;

    readonly string path;
    readonly SafeFileHandle file;

    FontFileReader(string path) => (this.path, file) = (path, File.OpenHandle(path));

    /// <summary>None where the file is no font that this can read.</summary>
    public static IReadOnlyList<FontFace> Read(string path)
    {
        try
        {
            using var reader = new FontFileReader(path);
            return reader.Faces();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentOutOfRangeException)
        {
            return [];
        }
    }

    public void Dispose() => file.Dispose();

    FontFace[] Faces()
    {
        var head = Bytes(0, 12);
        if (U32(head, 0) != Collection)
            return Face(0, 0) is { } only ? [only] : [];
        var count = (int)Math.Min(U32(head, 8), MaxFaces);
        var offsets = Bytes(12, count * 4);
        return [.. Enumerable.Range(0, count).Select(index => Face(index, U32(offsets, index * 4))).OfType<FontFace>()];
    }

    FontFace? Face(int index, long offset)
    {
        var tables = Tables(offset);
        if (!tables.TryGetValue(NameTable, out var name) || !tables.TryGetValue(MetricsTable, out var metrics) || Family(Bytes(name))?.Trim() is not { Length: > 0 and <= AssetFont.MaxFamilyLength } family
            || family.Any(char.IsControl))
            return null;
        var os2 = Bytes(metrics);
        var weight = U16(os2, 4);
        var (lightest, heaviest) = tables.TryGetValue(VariationsTable, out var variations) ? Weights(Bytes(variations), weight) : (weight, weight);
        const int italicOrOblique = 1 | 1 << 9;
        return new(path, index, family, lightest, heaviest, U16(os2, 6), (U16(os2, 62) & italicOrOblique) != 0);
    }

    Dictionary<uint, (long Offset, int Length)> Tables(long offset)
    {
        var count = Math.Min(U16(Bytes(offset, 12), 4), MaxTables);
        var records = Bytes(offset + 12, count * 16);
        var tables = new Dictionary<uint, (long, int)>();
        for (var at = 0; at < records.Length; at += 16)
            tables[U32(records, at)] = (U32(records, at + 8), (int)Math.Min(U32(records, at + 12), MaxTableBytes));
        return tables;
    }

    static string? Family(byte[] table)
    {
        var (best, name) = (0, (string?)null);
        for (var record = 0; record < U16(table, 2); record++)
        {
            var at = 6 + record * 12;
            var (platform, language, id) = (U16(table, at), U16(table, at + 4), U16(table, at + 6));
            if (id is not FamilyName and not TypographicFamilyName || platform is not 0 and not 3)
                continue;
            const int english = 0x409;
            var rank = (id == TypographicFamilyName ? 4 : 1) + (language == english || platform == 0 ? 2 : 0);
            if (rank <= best)
                continue;
            (best, name) = (rank, Encoding.BigEndianUnicode.GetString(table, U16(table, 4) + U16(table, at + 10), U16(table, at + 8)));
        }

        return name;
    }

    static (int Lightest, int Heaviest) Weights(byte[] table, int weight)
    {
        var (first, count, size) = (U16(table, 4), U16(table, 8), U16(table, 10));
        for (var axis = 0; axis < count; axis++)
        {
            var at = first + axis * size;
            if (U32(table, at) == WeightAxis)
                return (U16(table, at + 4), U16(table, at + 12));
        }

        return (weight, weight);
    }

    byte[] Bytes((long Offset, int Length) table) => Bytes(table.Offset, table.Length);

    byte[] Bytes(long offset, int length)
    {
        var bytes = new byte[length];
        return RandomAccess.Read(file, bytes, offset) == length ? bytes : throw new InvalidDataException();
    }

    static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
