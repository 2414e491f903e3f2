using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Framelane.Rendering.Media;

/// <summary>Whether a file is as long as its outermost parts say, of containers that say it. What a cut took away is then known without a look at what is left.</summary>
static class Extent
{
    /// <summary>Bytes that may be missing of RIFF: the pad after an odd chunk is often left out, and some writers count the eight bytes before the size.</summary>
    const int Slack = 16;

    /// <summary>Sizes from here on are written by programs that could not go back to mend them: 2³² − 1, or somewhat less than 2³¹.</summary>
    const uint Unknown = 0x7fff_f000;

    /// <summary>Parts that are looked at: a day in fragments of a second has more, and nothing else does.</summary>
    const int MostParts = 1 << 17;

    const uint EbmlHeader = 0x1a45dfa3, MatroskaSegment = 0x18538067;

    public static bool IsWhole(SafeFileHandle file, string demuxer) => demuxer switch
    {
        "mov" => BoxesFit(file),
        "matroska" => SegmentFits(file),
        "wav" or "avi" or "webp_pipe" => ChunksFit(file),
        _ => true,
    };

    /// <summary>Whether nothing can have been cut off. Of containers that do not say it, the end has to be read.</summary>
    public static bool SaysAll(string path, string demuxer)
    {
        using var file = File.OpenHandle(path);
        return demuxer switch
        {
            "mov" => new BoxedFilm(file).SaysAll(),
            "matroska" => SegmentEnd(file) <= RandomAccess.GetLength(file),
            _ => false,
        };
    }

    static bool BoxesFit(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        long at = 0;
        for (var parts = 0; parts < MostParts && BoxHead.Read(file, at) is { } head; parts++)
        {
            // Zero, or no box at all: some programs leave a few bytes of their own at the end.
            if (head.Size < (ulong)head.Length)
                return true;
            if (head.Size > (ulong)(length - at))
                return head.Name is not (BoxHead.Samples or BoxHead.Movie or BoxHead.Fragment);
            at += (long)head.Size;
        }
        return true;
    }

    /// <summary>By RFC 8794, 6: the size of an element is of one to eight bytes, and unknown where all its bits are set.</summary>
    static bool SegmentFits(SafeFileHandle file) => SegmentEnd(file) is not { } end || end <= RandomAccess.GetLength(file);

    static long? SegmentEnd(SafeFileHandle file) =>
        ElementAt(file, 0) is (EbmlHeader, { } header) && ElementAt(file, header) is (MatroskaSegment, var end) ? end : null;

    /// <returns>Its id, and where it ends; null for where nobody knows.</returns>
    static (uint Id, long? End)? ElementAt(SafeFileHandle file, long at)
    {
        Span<byte> head = stackalloc byte[12];
        var read = RandomAccess.Read(file, head, at);
        var bytes = head[4] == 0 ? 9 : System.Numerics.BitOperations.LeadingZeroCount((uint)head[4]) - 23;
        if (bytes > 8 || read < 4 + bytes)
            return null;
        long size = head[4] & (0xff >> bytes);
        foreach (var next in head[5..(4 + bytes)])
            size = (size << 8) | next;
        var isKnown = size != (1L << (7 * bytes)) - 1;
        return (BinaryPrimitives.ReadUInt32BigEndian(head), isKnown ? at + 4 + bytes + size : null);
    }

    /// <summary>One chunk, or of a long AVI one after the other.</summary>
    static bool ChunksFit(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> head = stackalloc byte[8];
        long at = 0;
        for (var parts = 0; parts < MostParts && RandomAccess.Read(file, head, at) == 8 && head.StartsWith("RIFF"u8); parts++)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (size is 0 or >= Unknown)
                return true;
            if (at + 8 + size > length + Slack)
                return false;
            at += 8 + size + (size & 1);
        }
        return true;
    }
}
