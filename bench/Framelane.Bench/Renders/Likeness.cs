using System.Globalization;
using Framelane.Bench.Common;

namespace Framelane.Bench.Renders;

/// <summary>How alike two clips are, by ffmpeg's structural similarity.</summary>
static class Likeness
{
    /// <summary>Below it something is missing, or elsewhere.</summary>
    const double Least = 0.9;

    /// <returns>Of the least alike frame; 1 is the same.</returns>
    /// <exception cref="InvalidOperationException">They are not alike.</exception>
    public static async Task<double> OfAsync(string left, string right)
    {
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "ssim.log");
        await MediaProgram.FfmpegAsync("-i", left, "-i", right, "-lavfi", $"[0:v][1:v]ssim=stats_file={log}", "-f", "null", "-");
        var least = File.ReadLines(log).Min(line => double.Parse(line.Split("All:")[1].Split(' ')[0], CultureInfo.InvariantCulture));
        return least >= Least ? least : throw new InvalidOperationException($"{Path.GetFileName(left)} and {Path.GetFileName(right)} are not alike: {least}");
    }
}
