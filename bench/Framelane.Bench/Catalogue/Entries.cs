using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Bench.Common;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;
using Framelane.Rendering.Transitions;

namespace Framelane.Bench.Catalogue;

/// <summary>A registered entry, drawn alone.</summary>
/// <param name="Milliseconds">A frame, of one core.</param>
sealed record Entry(string Kind, string Name, double Milliseconds);

/// <summary>Measures every entry of the registries; so what is added to them is measured too.</summary>
sealed class Entries(PixelBuffer picture, int runs) : IDisposable
{
    const double FrameRate = 30;

    readonly PixelBuffer target = new(picture.Width, picture.Height);
    readonly BufferPool pool = new();
    bool isWarm;

    /// <summary>All of the registries: each entry's median of so many rounds over all of them, so that what disturbs the machine for a moment falls on few runs of one entry.</summary>
    /// <param name="only">A part of the names of effects and motions that are wanted, or empty for all there is.</param>
    public List<Entry> Measure(string only, int rounds)
    {
        List<List<Entry>> measured = [];
        for (var round = 0; round < rounds; round++)
        {
            measured.Add([.. Effects(only), .. Motions(only), .. only.Length > 0 ? [] : Transitions().Concat(WordAnimations())]);
            isWarm = true;
        }

        return [.. measured[0].Select((entry, i) => entry with { Milliseconds = Statistics.Median(measured.Select(round => round[i].Milliseconds)) })];
    }

    IEnumerable<Entry> Effects(string only) => EffectRegistry.All.Where(effect => effect.Name.Contains(only, StringComparison.Ordinal)).Select(effect => new Entry("effect", effect.Name, OfEffect(effect)));

    IEnumerable<Entry> Transitions()
    {
        using var other = new PixelBuffer(picture.Width, picture.Height);
        for (var y = 0; y < other.Height; y++)
            picture.Row(other.Height - 1 - y).CopyTo(other.Row(y));
        foreach (var transition in TransitionRegistry.All)
            yield return new("transition", transition.Name, CpuTime.OfFrame(runs, () => { }, frame => transition.Draw(picture, other, (frame % 29 + 1) / FrameRate, target), isWarm));
    }

    /// <summary>Of an image that fills the canvas; less than nothing is added where the motion leaves little to draw.</summary>
    IEnumerable<Entry> Motions(string only) => MotionRegistry.All.Where(motion => motion.Name.Contains(only, StringComparison.Ordinal)).Select(motion => new Entry("motion", motion.Name, OfScene(new ImageElement
    {
        Id = "picture",
        SourceUrl = "picture",
        Duration = 1,
        Motion = [new() { Type = motion.Name, Time = 0, Duration = 1, Reversed = motion.Directions == MotionDirections.Exit ? true : null }],
    })));

    IEnumerable<Entry> WordAnimations() => Enum.GetValues<WordAnimationStyle>().Select(style => new Entry("word animation", WordStyle.Of(style).Name, OfScene(new TextElement
    {
        Text = "A caption of seven words that moves",
        FontSize = 64,
        Duration = 1,
        WordAnimation = new() { Style = style, Words = [.. "A caption of seven words that moves".Split(' ').Select((word, i) => new CaptionWord { Text = word, Start = i / 7.0, End = (i + 1) / 7.0 })] },
    })));

    public double OfEffect(IEffect effect) => CpuTime.OfFrame(
        runs, () => picture.Bytes.CopyTo(target.Bytes), frame => effect.Apply(target, Call(frame)), isWarm);

    /// <summary>The whole frame.</summary>
    public double OfScene(params SceneElement[] elements)
    {
        var scene = new CreateRenderRequest { Width = picture.Width, Height = picture.Height, Elements = elements };
        var (timeline, sources) = (Timeline.Of(scene, new Dictionary<string, MediaFacts>()), new StillPictures(picture));
        using var compositor = new Compositor(scene);
        return CpuTime.OfFrame(runs, () => { }, frame => compositor.Draw(timeline.At(frame % (int)FrameRate / FrameRate), sources, target), isWarm);
    }

    public EffectCall Call(int frame, float intensity = 1) =>
        new(intensity, frame / FrameRate, Seed.Of("picture/0", frame / FrameRate), Seed.Of("picture/0"), new ChromaSettings { HueMin = 60, HueMax = 180 }, pool);

    public void Dispose()
    {
        target.Dispose();
        pool.Dispose();
    }
}
