using System.Globalization;
using System.Runtime.Intrinsics;
using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Effects;

/// <summary>Reads <c>.cube</c> files of unknown origin: three-dimensional tables of 2 to 65 entries a side, at most 8 MiB.</summary>
public static class CubeReader
{
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <exception cref="MediaException">It is no such file.</exception>
    public static CubeLut Read(Stream file)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(file)));
        var size = 0;
        var (lowest, highest) = (Vector128<float>.Zero, Vector128.Create(1f));
        Vector128<float>[] entries = [];
        var count = 0;
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] == '#' || words[0] == "TITLE")
                continue;
            switch (words[0])
            {
                case "LUT_3D_SIZE" when size == 0:
                    size = Size(words);
                    entries = new Vector128<float>[size * size * size];
                    break;
                case "DOMAIN_MIN":
                    lowest = Color(words[1..]);
                    break;
                case "DOMAIN_MAX":
                    highest = Color(words[1..]);
                    break;
                // DaVinci Resolve's way to say both.
                case "LUT_3D_INPUT_RANGE":
                    (lowest, highest) = Range(words[1..]);
                    break;
                default:
                    if (count == entries.Length)
                        throw Fault("it has more entries than its size says, or another kind of table");
                    entries[count++] = Color(words);
                    break;
            }
        }

        if (size == 0 || count < entries.Length)
            throw Fault("it has fewer entries than its size says");
        if (!Vector128.LessThanAll(lowest, highest.WithElement(3, 1)))
            throw Fault("its domain is empty");
        return new(size, entries, lowest, highest.WithElement(3, 1));
    }

    static byte[] Bytes(Stream file)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaxBytes ? bytes[..length] : throw Fault("it is larger than 8 MiB");
    }

    static int Size(string[] words) =>
        words.Length == 2 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 2 and <= CubeLut.MaxSize
            ? size
            : throw Fault("its size is not from 2 to 65");

    static Vector128<float> Color(string[] words) =>
        Numbers(words) is [var red, var green, var blue] ? Vector128.Create(blue, green, red, 0) : throw Fault("a line is not three numbers");

    static (Vector128<float> Lowest, Vector128<float> Highest) Range(string[] words) =>
        Numbers(words) is [var lowest, var highest]
            ? (Vector128.Create(lowest, lowest, lowest, 0), Vector128.Create(highest, highest, highest, 0))
            : throw Fault("its range is not two numbers");

    /// <returns>None where one is not a number.</returns>
    static float[] Numbers(string[] words)
    {
        var numbers = new float[words.Length];
        for (var index = 0; index < words.Length; index++)
        {
            if (!float.TryParse(words[index], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[index]) || !float.IsFinite(numbers[index]))
                return [];
        }

        return numbers;
    }

    static MediaException Fault(string reason) => new(MediaErrorCodes.InvalidSource, $"The table of colours cannot be read: {reason}.");
}
