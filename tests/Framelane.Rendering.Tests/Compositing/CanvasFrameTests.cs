using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Timelines;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Compositing;

/// <summary>A video that shows through by its own planes looks as if all of the canvas had been drawn.</summary>
public sealed class CanvasFrameTests
{
    const int Width = 320, Height = 180;

    // Of 255: what is not drawn is not rounded.
    const int Tolerance = 3;

    static readonly VideoElement Clip = new() { Id = "clip", SourceUrl = "clip.mp4" };

    [Test]
    public void Whatever_lies_over_it([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var scene = Scene(Width, Height, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(3) == 0 ? (SceneElement)Words(random) : Picture(random)), Clip]);
        Same(scene, random.NextDouble() * 3);
    }

    [TestCase(0, 0)]
    [TestCase(2.5, 1)]
    [TestCase(4, 1)]
    public void While_it_dissolves_into_another(double time, int overlays)
    {
        var scene = Scene(
            Width, Height, [.. Enumerable.Repeat(Small, overlays), Clip with { OutPoint = 3 }, Clip with { Id = "other", Time = 2, OutPoint = 3 }]) with
        {
            Transitions = [new SceneTransition { Type = "cross_dissolve", Duration = 1, FromId = "clip", ToId = "other" }],
        };
        Assert.That(Same(scene, time)!.Sum(area => area.Pixels), overlays == 0 ? Is.Zero : Is.InRange(900, 4000));
    }

    [Test]
    public void Only_what_is_drawn_is_converted() =>
        Assert.That(Same(Scene(Width, Height, Small, Clip), 1), Is.EqualTo(new[] { new Area(Left: 80, Top: 42, Right: 144, Bottom: 76) }));

    [Test]
    public void What_covers_most_of_it_is_drawn_as_a_whole() =>
        Assert.That(Same(Scene(Width, Height, Small with { Width = Dimension.Percent(90), Height = Dimension.Percent(90), X = Dimension.Number(0), Y = Dimension.Number(0) }, Clip), 1), Is.Null);

    [Test]
    public void Whichever_way_it_moves([ValueSource(nameof(Motions))] string name, [Values(0.1, 0.5, 0.9)] double progress)
    {
        var motion = new ElementMotion { Type = name, Time = 0, Duration = 2, Easing = Easing.Linear };
        Same(Scene(Width, Height, Small with { ShadowColor = "#000000c0", ShadowX = 5, ShadowBlur = 6, Motion = [motion] }, Clip), 2 * progress);
        Same(Scene(Width, Height, Small with { X = Dimension.Number(300), ZRotation = Dimension.Number(30), Motion = [motion] }, Clip), 2 * progress);
        var words = new TextElement { Text = "set", Duration = 10, FontSize = 24, Width = Dimension.Number(80), Motion = [motion] };
        Same(Scene(Width, Height, words, Clip), 2 * progress);
        if (MotionRegistry.Find(name)!.Scopes.Contains(MotionScope.Character))
            Same(Scene(Width, Height, words with { Motion = [motion with { Scope = MotionScope.Character }] }, Clip), 2 * progress);
    }

    static IEnumerable<string> Motions => MotionRegistry.All.Select(motion => motion.Name);

    [TestCase(true)]
    [TestCase(false)]
    public void What_changes_the_video_itself_is_drawn(bool isChanged) =>
        Assert.That(Same(Scene(Width, Height, isChanged ? Clip with { Brightness = 10 } : Clip), 1), isChanged ? Is.Null : Is.Empty);

    [Test]
    public void What_is_clipped_by_it_is_drawn_as_a_whole() => Assert.That(Same(Scene(Width, Height, Small with { Clip = true }, Clip), 1), Is.Null);

    static ImageElement Small => Image("picture") with
    {
        X = Dimension.Number(90), Y = Dimension.Number(44), XAnchor = Dimension.Number(0), YAnchor = Dimension.Number(0), Width = Dimension.Number(40), Height = Dimension.Number(30),
    };

    /// <returns>What was drawn over the planes; null where all was.</returns>
    static IReadOnlyList<Area>? Same(CreateRenderRequest scene, double time)
    {
        var plan = Timeline.Of(scene, new Dictionary<string, MediaFacts>()).At(time);
        using var pictures = Sources();
        using var compositor = new Compositor(scene);
        using var frame = new CanvasFrame(Width, Height, takesPlanes: true);
        using var whole = new PixelBuffer(Width, Height);
        var toPlanes = new BgraToYuv(Width, Height);
        compositor.Draw(plan, pictures, frame);
        compositor.Draw(plan, pictures, whole);
        var expected = new byte[toPlanes.Length];
        toPlanes.Convert(whole, expected);
        var actual = new byte[toPlanes.Length];
        if (frame.DrawnOver is null)
            toPlanes.Convert(frame.Pixels, actual);
        else
            frame.Planes!.Bytes.CopyTo(actual, 0);
        foreach (var area in frame.DrawnOver ?? [])
            toPlanes.Convert(frame.Pixels, actual, area);
        var worst = Enumerable.Range(0, actual.Length).MaxBy(i => Math.Abs(actual[i] - expected[i]));
        Assert.That(
            Math.Abs(actual[worst] - expected[worst]), Is.LessThanOrEqualTo(Tolerance),
            () => $"at {worst % Width}, {worst / Width}; drawn: {string.Join(' ', frame.DrawnOver ?? [])}; {scene.Elements[0]}");
        return frame.DrawnOver;
    }

    static TextElement Words(Random random) => new()
    {
        Text = "Words that are set",
        Duration = 10,
        FontSize = random.Next(8, 30),
        X = Any(random, -20, 120),
        Y = Any(random, -20, 120),
        Width = Any(random, 10, 60),
        Height = Any(random, 5, 40),
        Shadow = Coin(random),
        ZRotation = Angle(random),
        Motion = Coin(random) ? [new ElementMotion { Type = "slide_left", Time = 0, Duration = 2 }] : [],
    };

    static ImageElement Picture(Random random) => Image("picture") with
    {
        X = Any(random, -20, 120),
        Y = Any(random, -20, 120),
        Width = Any(random, 5, 60),
        Height = Any(random, 5, 60),
        ZRotation = Angle(random),
        XRotation = random.Next(4) == 0 ? Angle(random) : Dimension.Number(0),
        XScale = Any(random, 50, 150),
        Opacity = random.Next(20, 101),
        BlendMode = Coin(random) ? BlendMode.None : BlendMode.Overlay,
        BorderRadius = random.Next(0, 20),
        BorderColor = Coin(random) ? "#ff0000" : null,
        BorderWidth = random.Next(0, 8),
        ShadowColor = Coin(random) ? "#000000c0" : null,
        ShadowX = random.Next(-30, 30),
        ShadowY = random.Next(-30, 30),
        ShadowBlur = random.Next(0, 20),
        Motion = random.Next(3) == 0 ? [new ElementMotion { Type = "rotate_cw", Time = 0, Duration = 2 }] : [],
    };

    static bool Coin(Random random) => random.Next(2) == 0;

    static Dimension Any(Random random, int least, int most) => Dimension.Percent(random.Next(least, most));

    static Dimension Angle(Random random) => Dimension.Number(Coin(random) ? 0 : random.Next(-180, 180));

    static Planar Sources()
    {
        var sources = new Planar();
        sources.Pictures.With("picture", 50, 40, (x, y) => new((byte)(x * 5), (byte)(y * 6), 200));
        sources.Add("clip", (x, y) => new((byte)(40 + (x / 2)), (byte)(60 + y), (byte)(200 - (x / 2))));
        sources.Add("other", (x, y) => new((byte)(200 - y), (byte)(30 + (x / 2)), 90));
        return sources;
    }

    /// <summary>Sources some of which have planes too.</summary>
    sealed class Planar : ISourcePictures, IDisposable
    {
        readonly Dictionary<string, PlanarPicture> planes = [];

        public Pictures Pictures { get; } = new();

        public PixelBuffer? Background => null;

        public void Add(string id, Func<int, int, Pixel> color)
        {
            using var painted = Painted(Width, Height, color);
            var planar = planes[id] = new(Width, Height);
            new BgraToYuv(Width, Height).Convert(painted, planar.Bytes);
            Pictures.With(id, Width, Height, color);
            new YuvToBgra(YuvMatrix.Bt709, Width, Height).Convert(planar.Bytes, Pictures[id]);
            Pictures[id].IsOpaque = true;
        }

        public PixelBuffer? Of(PlannedLayer layer) => Pictures.Of(layer);

        public PlanarPicture? PlanesOf(PlannedLayer layer) => planes.GetValueOrDefault(layer.Element.Id);

        public CubeLut? Lut(string url) => null;

        public void Dispose() => Pictures.Dispose();
    }
}
