using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Framelane.Rendering.Media;

/// <summary>Whether all that a film in boxes (ISO/IEC 14496-12) says of itself is there. Its boxes have to fill the file, and what its tables point at
/// has to lie in it, for a cut may fall between two boxes of samples. Films in fragments do not say how many of them there should be.</summary>
sealed class BoxedFilm(SafeFileHandle file)
{
    /// <summary>From the film by track, media and their information to the tables of samples.</summary>
    const int Deepest = 5;

    /// <summary>What is larger is not looked at: it comes from nobody's camera.</summary>
    const int MostBoxes = 1 << 12, LargestTable = 16 << 20;

    readonly long length = RandomAccess.GetLength(file);

    int boxes, samples;

    public bool SaysAll() => Fills(0, length, 0) && samples > 0;

    bool Fills(long at, long end, int depth)
    {
        Span<byte> head = stackalloc byte[16];
        while (at < end)
        {
            if (++boxes > MostBoxes || RandomAccess.Read(file, head, at) < 8)
                return false;
            var (size, body) = ((ulong)BinaryPrimitives.ReadUInt32BigEndian(head), 8);
            if (size == 1)
                (size, body) = (BinaryPrimitives.ReadUInt64BigEndian(head[8..]), 16);
            if (size < (ulong)body || size > (ulong)(end - at) || !IsSound(head.Slice(4, 4), at + body, at + (long)size, depth))
                return false;
            at += (long)size;
        }

        return true;
    }

    bool IsSound(ReadOnlySpan<byte> name, long at, long end, int depth)
    {
        if (name.SequenceEqual("moof"u8) || name.SequenceEqual("mvex"u8))
            return false;
        if (name.SequenceEqual("moov"u8) || name.SequenceEqual("trak"u8) || name.SequenceEqual("mdia"u8) || name.SequenceEqual("minf"u8) || name.SequenceEqual("stbl"u8))
            return depth < Deepest && Fills(at, end, depth + 1);
        return name.SequenceEqual("stco"u8) ? PointsInside(at, end, 4) : !name.SequenceEqual("co64"u8) || PointsInside(at, end, 8);
    }

    /// <summary>Version and flags, a count, and then where each group of samples begins.</summary>
    bool PointsInside(long at, long end, int width)
    {
        if (end - at is < 8 or > LargestTable)
            return false;
        var table = new byte[end - at];
        if (RandomAccess.Read(file, table, at) < table.Length)
            return false;
        for (var entry = 8; entry + width <= table.Length; entry += width)
        {
            samples++;
            if ((width == 8 ? BinaryPrimitives.ReadUInt64BigEndian(table.AsSpan(entry)) : BinaryPrimitives.ReadUInt32BigEndian(table.AsSpan(entry))) >= (ulong)length)
                return false;
        }

        return true;
    }
}
