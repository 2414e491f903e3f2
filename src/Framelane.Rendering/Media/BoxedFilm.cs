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
        while (at < end)
        {
            if (++boxes > MostBoxes || BoxHead.Read(file, at) is not { } head || head.Size < (ulong)head.Length || head.Size > (ulong)(end - at)
                || !IsSound(head.Name, at + head.Length, at + (long)head.Size, depth))
                return false;
            at += (long)head.Size;
        }

        return true;
    }

    bool IsSound(uint name, long at, long end, int depth) => name switch
    {
        BoxHead.Fragment or BoxHead.Fragmented => false,
        BoxHead.Movie or BoxHead.Track or BoxHead.Media or BoxHead.MediaInformation or BoxHead.SampleTables => depth < Deepest && Fills(at, end, depth + 1),
        BoxHead.Offsets => PointsInside(at, end, 4),
        BoxHead.LongOffsets => PointsInside(at, end, 8),
        _ => true,
    };

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
