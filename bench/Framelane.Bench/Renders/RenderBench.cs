using System.Diagnostics;
using Framelane.Bench.Common;

namespace Framelane.Bench.Renders;

/// <summary>One job by the engine as it ships, of files that the workspace keeps and of files that it is to fetch, by plain ffmpeg and by melt, by turns.</summary>
static class RenderBench
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var runs = args.Number("runs", 5);
        var keep = args.Text("keep", "");
        args.Done();
        Report.Say($"Two clips, a dissolve, a logo and a title: {RenderJob.Frames} frames of {RenderJob.Width}×{RenderJob.Height}; {runs} alternated runs of each after a warm-up.");
        using var folder = new TemporaryFolder();
        var job = await RenderJob.MakeAsync(folder.Sub("sources"));
        List<Run> rounds = [];
        await using (var engine = await EngineChild.StartAsync(folder.Sub("data")))
        {
            for (var round = 0; round <= runs; round++)
            {
                var outputs = folder.Sub($"run-{round}");
                var run = new Run(
                    await EngineAsync(engine, job, folder.Sub($"run-{round}/engine"), areKept: true),
                    await EngineAsync(engine, job, folder.Sub($"run-{round}/fetched"), areKept: false),
                    await PlainRenders.FfmpegAsync(job, outputs + "/ffmpeg.mp4"),
                    await PlainRenders.MeltAsync(job, outputs + "/melt.mp4"));
                if (round == 0)
                    await CheckAsync(outputs, keep);
                else
                    rounds.Add(run);
                Directory.Delete(outputs, recursive: true);
            }
        }

        Report.Table(
            ["run", "framelane s", "fetched s", "ffmpeg s", "melt s", "framelane:ffmpeg", "fetched:ffmpeg", "melt:framelane"],
            rounds.Select((run, i) => (string[])
            [
                $"{i + 1}", Report.Fine(run.Engine), Report.Fine(run.Fetched), Report.Fine(run.Ffmpeg), Report.Fine(run.Melt), Report.Fine(run.Engine / run.Ffmpeg),
                Report.Fine(run.Fetched / run.Ffmpeg), Report.Fine(run.Melt / run.Engine),
            ]));
        Report.Result(new
        {
            seconds = Report.Rounded(Statistics.Median(rounds.Select(run => run.Engine))),
            fetched_seconds = Report.Rounded(Statistics.Median(rounds.Select(run => run.Fetched))),
            ffmpeg_seconds = Report.Rounded(Statistics.Median(rounds.Select(run => run.Ffmpeg))),
            melt_seconds = Report.Rounded(Statistics.Median(rounds.Select(run => run.Melt))),
            ratio_to_ffmpeg = Report.Rounded(Statistics.Median(rounds.Select(run => run.Engine / run.Ffmpeg))),
            fetched_ratio_to_ffmpeg = Report.Rounded(Statistics.Median(rounds.Select(run => run.Fetched / run.Ffmpeg))),
            ratio_of_melt = Report.Rounded(Statistics.Median(rounds.Select(run => run.Melt / run.Engine))),
        });
        return 0;
    }

    static async Task<double> EngineAsync(EngineChild engine, RenderJob job, string folder, bool areKept)
    {
        var began = Stopwatch.GetTimestamp();
        await engine.RenderAsync(new(job.Scene, job.Sources, folder, areKept));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>All three have the same frames, of the same size and codecs; and ours look like ffmpeg's.</summary>
    static async Task CheckAsync(string outputs, string keep)
    {
        string[] files = [outputs + "/engine/output.mp4", outputs + "/ffmpeg.mp4", outputs + "/melt.mp4"];
        foreach (var file in files)
        {
            var said = await MediaProgram.ProbeAsync(file, "stream=codec_name,width,height,nb_read_frames", "-count_frames");
            if (!said.Contains($"codec_name=h264 width={RenderJob.Width} height={RenderJob.Height} nb_read_frames={RenderJob.Frames} codec_name=aac", StringComparison.Ordinal))
                throw new InvalidOperationException($"{Path.GetFileName(file)} is not what was asked for: {said}");
            if (keep.Length > 0)
                File.Copy(file, Path.Combine(keep, "render-" + Path.GetFileName(file)), overwrite: true);
        }

        Report.Say($"Likeness to ffmpeg's picture (SSIM, of the least alike frame): framelane {await Likeness.OfAsync(files[0], files[1]):F3}, melt {await Likeness.OfAsync(files[2], files[1]):F3}");
    }

    /// <summary>Seconds of each.</summary>
    sealed record Run(double Engine, double Fetched, double Ffmpeg, double Melt);
}
