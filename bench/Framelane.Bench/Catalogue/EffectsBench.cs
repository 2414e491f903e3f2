using Framelane.Bench.Common;
using Framelane.Rendering.Tests.Effects;

namespace Framelane.Bench.Catalogue;

/// <summary>Every effect, transition, motion and word animation of the registries alone, and five effects together.</summary>
static class EffectsBench
{
    const int Width = 1280, Height = 720;

    public static int Run(Arguments args)
    {
        var runs = args.Number("runs", 3);
        var (keep, only) = (args.Text("keep", ""), args.Text("only", ""));
        args.Done();
        Report.Say($"Every entry of the catalogue alone at {Width}×{Height}: CPU time of a frame, the median of {runs} runs.");
        using var picture = Photograph.Paint(Width, Height);
        if (keep.Length > 0)
            ContactSheet.Write(picture, keep);
        using var entries = new Entries(picture, 1);
        var all = entries.Measure(only, runs);
        Report.Table(["entry", "kind", "ms"], all.OrderByDescending(entry => entry.Milliseconds).Select(entry => (string[])[entry.Name, entry.Kind, Report.Fine(entry.Milliseconds)]));

        if (only.Length > 0)
            return 0;
        using var large = Photograph.Paint(1920, 1080);
        var scene = LayeredScene.Measure(large, runs);
        Report.Say($"Two layers of 1920×1080 with five effects: {scene.Rate:F1} frames a second on {Environment.ProcessorCount} cores. Of a frame's CPU time:");
        var rest = scene.Whole - scene.Effects.Sum(effect => effect.Milliseconds);
        Report.Table(
            ["part", "ms", "share"],
            scene.Effects.Select(effect => (effect.Name, effect.Milliseconds)).Append(("placing both layers, without effects", scene.Plain)).Append(("all that is no effect", rest)).Append(("whole", scene.Whole))
                .Select(part => (string[])[part.Item1, Report.Fine(part.Item2), Report.Fine(part.Item2 / scene.Whole)]));
        var worst = all.MaxBy(entry => entry.Milliseconds)!;
        var worstEffect = all.Where(entry => entry.Kind == "effect").MaxBy(entry => entry.Milliseconds)!;
        Report.Result(new
        {
            worst_ms = Report.Rounded(worst.Milliseconds),
            worst_name = worst.Name,
            worst_effect_ms = Report.Rounded(worstEffect.Milliseconds),
            worst_effect_name = worstEffect.Name,
            entries = all.Count,
            scene_frames_per_second = Report.Rounded(scene.Rate, 1),
            scene_cpu_ms = Report.Rounded(scene.Whole),
        });
        return 0;
    }
}
