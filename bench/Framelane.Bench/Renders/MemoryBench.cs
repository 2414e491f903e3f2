using System.Diagnostics;
using System.Text.Json;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;
using Framelane.Bench.Common;

namespace Framelane.Bench.Renders;

/// <summary>The memory of a long render and of a short one, in the engine's process and all media programs together.</summary>
static class MemoryBench
{
    const string Source = "https://bench.example/long.mp4", Logo = "https://bench.example/logo.png";

    static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(Arguments args)
    {
        var (minutes, less) = (args.Number("minutes", 60, max: 120), args.Number("short-minutes", 2, max: 120));
        args.Done();
        Report.Say($"Renders of {less} and {minutes} minutes, 1280×720 at 30: two clips that dissolve, a logo, sound. Memory of all processes every {Apart.TotalMilliseconds:N0} ms.");
        using var folder = new TemporaryFolder();
        var sources = await MakeAsync(folder.Sub("sources"), minutes);
        var brief = await RenderAsync(folder, sources, less);
        var full = await RenderAsync(folder, sources, minutes);
        Report.Table(
            ["minutes", "peak MB", "median MB", "frames", "took s"],
            new[] { brief, full }.Select(run => (string[])[$"{run.Minutes}", Report.Whole(run.Peak), Report.Whole(run.Median), Report.Whole(run.Frames), Report.Whole(run.Took)]));
        Report.Result(new
        {
            peak_mb = Report.Rounded(full.Peak, 1),
            short_peak_mb = Report.Rounded(brief.Peak, 1),
            minutes,
            frames = full.Frames,
            seconds = Report.Rounded(full.Took, 1),
        });
        return 0;
    }

    /// <summary>A clip of ten seconds, again and again as it is, so that an hour is made in a moment.</summary>
    static async Task<Dictionary<string, string>> MakeAsync(string folder, int minutes)
    {
        var (piece, clip, logo) = (folder + "/piece.mp4", folder + "/long.mp4", folder + "/logo.png");
        await MediaProgram.FfmpegAsync(
            "-f", "lavfi", "-i", "testsrc=s=1280x720:r=30", "-f", "lavfi", "-i", "sine=440:r=48000", "-t", "10", "-c:v", "libx264", "-preset", "veryfast",
            "-pix_fmt", "yuv420p", "-c:a", "aac", piece);
        await MediaProgram.FfmpegAsync("-stream_loop", "-1", "-i", piece, "-t", $"{minutes * 60}", "-c", "copy", clip);
        await MediaProgram.FfmpegAsync("-f", "lavfi", "-i", "color=orange@0.8:s=128x128,format=rgba", "-frames:v", "1", logo);
        return new() { [Source] = clip, [Logo] = logo };
    }

    static async Task<Run> RenderAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string> sources, int minutes)
    {
        var job = folder.Sub($"render-{minutes}");
        await using var engine = await EngineChild.StartAsync(folder.Sub($"data-{minutes}"));
        var began = Stopwatch.GetTimestamp();
        var render = engine.RenderAsync(new(JsonSerializer.Serialize(Scene(minutes * 60), WireJson.Options), sources, job, AreKept: false));
        List<double> samples = [];
        do
            samples.Add(ProcessTree.Megabytes(engine.Id));
        while (await Task.WhenAny(render, Task.Delay(Apart)) != render);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var said = await MediaProgram.ProbeAsync(await render, "stream=nb_frames", "-select_streams", "v");
        Directory.Delete(job, recursive: true);
        return new(minutes, samples.Max(), Statistics.Median(samples), int.Parse(said.Split(' ', '=')[1]), took);
    }

    static CreateRenderRequest Scene(double length) => new()
    {
        Width = 1280,
        Height = 720,
        Elements =
        [
            new VideoElement { Id = "first", SourceUrl = Source, OutPoint = (length / 2) + 1 },
            new VideoElement { Id = "second", SourceUrl = Source, Time = length / 2, OutPoint = length / 2 },
            new ImageElement { Id = "logo", SourceUrl = Logo, Duration = length, ZIndex = 1, X = Dimension.Percent(92), Y = Dimension.Percent(10), Width = Dimension.Number(128), Height = Dimension.Number(128) },
        ],
        Transitions = [new SceneTransition { Type = "cross_dissolve", Duration = 1, FromId = "first", ToId = "second" }],
    };

    /// <param name="Peak">MB of all processes together.</param>
    /// <param name="Took">Seconds.</param>
    sealed record Run(int Minutes, double Peak, double Median, int Frames, double Took);
}
