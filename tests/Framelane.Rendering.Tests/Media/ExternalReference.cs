using System.Buffers.Binary;
using System.Text;

namespace Framelane.Rendering.Tests.Media;

/// <summary>Makes of a QuickTime file one whose samples lie in another: its data reference becomes an alias with that path.</summary>
static class ExternalReference
{
    static readonly string[] Above = ["moov", "trak", "mdia", "minf", "dinf", "dref"];

    public static byte[] In(byte[] file, string name, string path)
    {
        var place = Find(file, "dref") + 12;
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));
        var alias = Alias(name, path);
        // The index stays true: the samples come before it.
        foreach (var box in Above)
            Grow(file.AsSpan(Find(file, box) - 4), alias.Length - length);
        return [.. file[..place], .. alias, .. file[(place + length)..]];
    }

    static byte[] Alias(string name, string path)
    {
        var tail = Encoding.UTF8.GetBytes(path);
        var alias = new byte[162 + 4 + ((tail.Length + 1) & ~1) + 4];
        BinaryPrimitives.WriteInt32BigEndian(alias, alias.Length);
        "alis"u8.CopyTo(alias.AsSpan(4));
        alias[12 + 10 + 28 + 12] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name).CopyTo(alias, 12 + 10 + 28 + 13);
        var tags = alias.AsSpan(12 + 10 + 28 + 12 + 64 + 16 + 4 + 16);
        // Of type 2, the absolute path.
        BinaryPrimitives.WriteInt16BigEndian(tags, 2);
        BinaryPrimitives.WriteInt16BigEndian(tags[2..], (short)tail.Length);
        tail.CopyTo(tags[4..]);
        BinaryPrimitives.WriteInt16BigEndian(tags[(4 + ((tail.Length + 1) & ~1))..], -1);
        return alias;
    }

    static int Find(byte[] file, string box) => file.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(box));

    static void Grow(Span<byte> size, int by) => BinaryPrimitives.WriteInt32BigEndian(size, BinaryPrimitives.ReadInt32BigEndian(size) + by);
}
