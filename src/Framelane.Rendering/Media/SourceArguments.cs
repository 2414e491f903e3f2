namespace Framelane.Rendering.Media;

/// <summary>What stands before <c>-i</c> of every source of unknown origin.</summary>
static class SourceArguments
{
    /// <summary>Pixels of the largest picture: above what phones take, and half a gigabyte once decoded.</summary>
    public const int MostPixels = 1 << 27;

    public const int LongestSide = 16_384;

    /// <summary>More make no decoder so much faster that an encoder waits less for it.</summary>
    const int MostThreads = 4;

    /// <summary>How many threads decode the input that follows.</summary>
    public static readonly IReadOnlyList<string> Threads = ["-threads", $"{ThreadsOn(Environment.ProcessorCount)}"];

    public static IEnumerable<string> Of(string demuxer, string path, params IEnumerable<string> more) => Of(MostPixels, demuxer, path, more);

    /// <param name="mostPixels">Of a picture; a larger one is refused before it is decoded.</param>
    /// <param name="demuxer">One of <see cref="Container"/>.</param>
    /// <param name="path">A full path.</param>
    /// <param name="more">Further options of the input.</param>
    public static IEnumerable<string> Of(int mostPixels, string demuxer, string path, params IEnumerable<string> more) =>
    [
        // The name comes after file:, so none is taken for an option, a protocol or a pattern.
        "-protocol_whitelist", "file,pipe", "-max_pixels", $"{mostPixels}", .. Threads, "-f", demuxer, .. more, "-i", "file:" + path,
    ];

    /// <summary>Several programs work at once on a render, and each thread more costs memory and turns: half of the cores are for one decoder.</summary>
    internal static int ThreadsOn(int processors) => Math.Clamp(processors / 2, 1, MostThreads);
}
