using System.Diagnostics;
using Framelane.Bench.Common;

namespace Framelane.Bench.Renders;

/// <summary>Media programs as anybody would run them.</summary>
static class MediaProgram
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <returns>Seconds.</returns>
    public static Task<double> FfmpegAsync(params IEnumerable<string> arguments) => RunAsync("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]);

    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<double> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var words = new LastWords();
        var began = Stopwatch.GetTimestamp();
        await using var child = Child.StartProgram(program, arguments, [], words.Add);
        child.Drain(words.Add);
        await child.WaitAsync(Patience);
        return child.ExitCode == 0
            ? Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException($"{program} failed. {words}");
    }

    /// <summary>What ffprobe says of a file.</summary>
    public static async Task<string> ProbeAsync(string path, string entries, params IEnumerable<string> options)
    {
        var lines = new List<string>();
        await using var child = Child.StartProgram(
            "ffprobe", ["-v", "error", .. options, "-of", "default=nw=1", "-show_entries", entries, path], []);
        child.Drain(lines.Add);
        await child.WaitAsync(Patience);
        return string.Join(' ', lines);
    }
}
