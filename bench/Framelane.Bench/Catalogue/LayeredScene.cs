using System.Diagnostics;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Bench.Common;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;

namespace Framelane.Bench.Catalogue;

/// <summary>Five effects on two layers at 1920×1080: how many frames are drawn a second on all cores, and what the time goes to.</summary>
static class LayeredScene
{
    const int Width = 1920, Height = 1080, Frames = 60;

    static readonly string[] Behind = ["filmic", "camera_lens_blur_bg", "light_leaks"], InFront = ["vhs", "glow"];

    public static Figures Measure(PixelBuffer picture, int runs)
    {
        var whole = Scene(Behind, InFront);
        var (draw, release) = Drawing(whole, picture);
        for (var frame = 0; frame < Frames; frame++)
            draw(frame);
        var rates = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var frame = 0; frame < Frames; frame++)
                draw(frame);
            rates[run] = Frames / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        release();
        using var entries = new Entries(picture, runs);
        var parts = Behind.Concat(InFront).Select(name => new Entry("effect", name, entries.OfEffect(EffectRegistry.Find(name)!))).ToList();
        return new(Statistics.Median(rates), CpuOf(whole, picture, runs), CpuOf(Scene([], []), picture, runs), parts);
    }

    static double CpuOf(CreateRenderRequest scene, PixelBuffer picture, int runs)
    {
        var (draw, release) = Drawing(scene, picture);
        var cpu = CpuTime.OfFrame(runs, () => { }, draw);
        release();
        return cpu;
    }

    static (Action<int> Draw, Action Release) Drawing(CreateRenderRequest scene, PixelBuffer picture)
    {
        var (timeline, sources) = (Timeline.Of(scene, new Dictionary<string, MediaFacts>()), new StillPictures(picture));
        var (compositor, target) = (new Compositor(scene), new PixelBuffer(Width, Height));
        return (frame => compositor.Draw(timeline.At(frame % Frames / 30.0), sources, target), () =>
        {
            compositor.Dispose();
            target.Dispose();
        });
    }

    static CreateRenderRequest Scene(string[] behind, string[] inFront) => new()
    {
        Width = Width,
        Height = Height,
        Elements =
        [
            new ImageElement { Id = "behind", SourceUrl = "picture", Duration = 2, Effects = [.. behind.Select(name => new SceneEffect { Type = name })] },
            new ImageElement
            {
                Id = "front",
                SourceUrl = "picture",
                Duration = 2,
                ZIndex = 1,
                Width = Dimension.Percent(50),
                Height = Dimension.Percent(50),
                Effects = [.. inFront.Select(name => new SceneEffect { Type = name })],
            },
        ],
    };

    /// <param name="Rate">Frames a second.</param>
    /// <param name="Whole">Milliseconds of CPU a frame; without effects in <paramref name="Plain"/>.</param>
    public sealed record Figures(double Rate, double Whole, double Plain, IReadOnlyList<Entry> Effects);
}
