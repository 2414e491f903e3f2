using CsCheck;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Tests.Timelines;

public sealed class TimelinePropertyTests
{
    static readonly Dictionary<string, MediaFacts> Sources = new() { ["v.mp4"] = new("mov,mp4", 3, new(0, "h264", 64, 36, 30, false, false), null) };

    static readonly Gen<double> Seconds = Gen.OneOf(Gen.Double[0, 4], Gen.Int[0, 40].Select(tenths => tenths / 10.0), Gen.Const(1e9));

    static readonly Gen<double> Length = Gen.OneOf(Gen.Double[1e-6, 3], Gen.Int[1, 30].Select(tenths => tenths / 10.0), Gen.Const(1e300));

    static readonly Gen<Dimension> Dimensions = Gen.Select(
        Gen.OneOf(Gen.Double[-400, 400], Gen.Const(0.0), Gen.Const(1e308)), Gen.Enum<DimensionUnit>(), (value, unit) => new Dimension(value, unit));

    static readonly Gen<ElementMotion> Motions = Gen.Select(
        Gen.Int[0, MotionRegistry.All.Count - 1].Select(index => MotionRegistry.All[index]), Seconds, Length, Gen.Enum<Easing>(), Gen.Bool, Gen.Bool,
        (motion, time, duration, easing, reversed, loop) => new ElementMotion
        {
            Type = motion.Name, Time = time, Duration = duration, Easing = easing, Loop = loop,
            Reversed = motion.Directions == MotionDirections.Both ? reversed : null,
        });

    static readonly Gen<VisualElement> Content = Gen.Select(Gen.Int[0, 3], Seconds, Length, Gen.Double[0.25, 4], (kind, time, duration, speed) => (VisualElement)(kind switch
    {
        0 => new VideoElement { SourceUrl = "v.mp4", Time = time, Speed = speed, OutPoint = duration },
        1 => new VideoElement { SourceUrl = "unknown.webm", Time = time },
        2 => new TextElement { Text = "text", Time = time, Duration = duration },
        _ => new ImageElement { SourceUrl = "i.png", Time = time, Duration = duration },
    }));

    static readonly Gen<VisualElement> Elements = Gen.Select(
        Content, Gen.Select(Dimensions, Dimensions, Dimensions, Dimensions), Gen.Select(Dimensions, Dimensions, Gen.Double[0, 100]), Motions.List[0, 3], Gen.Int[-2, 2], Gen.Bool,
        (element, box, turn, motions, z, visible) => element with
        {
            X = box.Item1, YAnchor = box.Item2, Width = box.Item3, Height = visible ? box.Item4 : null, AspectRatio = z == 1 ? 1.5 : null,
            XRotation = turn.Item1, XScale = turn.Item2, Opacity = turn.Item3, Motion = motions, ZIndex = z, Visible = visible || z > 0, Clip = z == 2,
        });

    static readonly Gen<(IReadOnlyList<SceneElement>, IReadOnlyList<SceneTransition>)> Contents = Gen.Select(
        Elements.List[0, 6], Gen.Int[0, 5].List[6], Length.List[6], (elements, partners, lengths) =>
        {
            IReadOnlyList<SceneElement> named = [.. elements.Select((element, index) => element with { Id = $"e{index}" })];
            var to = partners.Take(named.Count).Select((partner, from) => (From: from, To: partner)).Where(pair => pair.To < named.Count && pair.To != pair.From);
            return (named, (IReadOnlyList<SceneTransition>)
            [
                .. to.DistinctBy(pair => pair.To)
                    .Select(pair => new SceneTransition { Type = "cross_dissolve", FromId = $"e{pair.From}", ToId = $"e{pair.To}", Duration = lengths[pair.From] }),
            ]);
        });

    static readonly Gen<CreateRenderRequest> Scenes = Gen.Select(Contents, Contents, Length.Nullable(), Gen.Int[1, 240], Dimensions, (outer, inner, duration, rate, width) => new CreateRenderRequest
    {
        Width = 64, Height = 36, Duration = duration, FrameRate = rate, Transitions = outer.Item2,
        Elements = [.. outer.Item1, new CompositionElement { Width = width, Elements = inner.Item1, Transitions = inner.Item2 }],
    });

    [Test]
    public void No_valid_request_makes_the_planner_throw_and_every_plan_is_well_formed() => Scenes.Sample(scene =>
    {
        var timeline = Timeline.Of(scene, Sources);
        var last = timeline.FrameCount - 1;
        return timeline.FrameCount >= 1
            && Enumerable.Range(0, 40).Select(step => (int)((long)last * step / 39)).Concat(Enumerable.Range(0, Math.Min(last, 20)))
                .All(frame => IsWellFormed(timeline.FrameAt(frame)));
    }, iter: 400);

    static bool IsWellFormed(FramePlan plan) =>
        plan is { Width: >= 1, Height: >= 1 }
        && plan.Pictures.All(IsWellFormed)
        && plan.Pictures.SelectMany(Keys).GroupBy(key => key).All(group => group.Count() == 1);

    static bool IsWellFormed(PlannedPicture picture) => picture switch
    {
        PlannedTransition transition => transition.Progress is >= 0 and < 1
            && (transition.From ?? transition.To) is not null
            && (transition.From is null || IsWellFormed(transition.From))
            && (transition.To is null || IsWellFormed(transition.To)),
        PlannedLayer { Placement: var placement } layer => layer.Opacity is > 0 and <= 1
            && layer.SourceTime >= 0 && double.IsFinite(layer.SourceTime)
            && !placement.IsEmpty
            && new[] { placement.X, placement.Y, placement.Width, placement.Height, placement.AnchorX, placement.AnchorY, placement.XRotation, placement.ZRotation, placement.ScaleX, placement.ScaleY }.All(double.IsFinite)
            && (layer.Element is CompositionElement) == (layer.Nested is not null)
            && (layer.Nested is null || IsWellFormed(layer.Nested)),
        _ => false,
    };

    static IEnumerable<string> Keys(PlannedPicture? picture) => picture switch
    {
        PlannedLayer layer => [layer.Layer.Key],
        PlannedTransition transition => [.. Keys(transition.From), .. Keys(transition.To)],
        _ => [],
    };
}
