using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Framelane.Rendering.Media;

/// <summary>How a box begins, by ISO/IEC 14496-12, 4.2: a size of 32 bits and a name; a size of 1 stands for 64 bits after the name, 0 for the rest of the file.</summary>
/// <param name="Size">Bytes of the box, its head with them; fewer than those where it says 0, or is no box at all.</param>
/// <param name="Length">Bytes of the head.</param>
readonly record struct BoxHead(uint Name, ulong Size, int Length)
{
    public const uint Movie = 0x6d6f6f76, Track = 0x7472616b, Media = 0x6d646961, MediaInformation = 0x6d696e66, SampleTables = 0x7374626c,
        Offsets = 0x7374636f, LongOffsets = 0x636f3634, Samples = 0x6d646174, Fragment = 0x6d6f6f66, Fragmented = 0x6d766578;

    const int Short = 8, Long = 16;

    /// <returns>Null where the file ends before it.</returns>
    public static BoxHead? Read(SafeFileHandle file, long at)
    {
        Span<byte> bytes = stackalloc byte[Long];
        var read = RandomAccess.Read(file, bytes, at);
        if (read < Short)
            return null;
        var (size, name) = (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));
        return size == 1 && read == Long ? new(name, BinaryPrimitives.ReadUInt64BigEndian(bytes[Short..]), Long) : new(name, size, Short);
    }
}
