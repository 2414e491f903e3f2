namespace Framelane.Rendering.Motions;

/// <summary>Every motion that can be rendered: a new one is its class and its line here.</summary>
public static class MotionRegistry
{
    public static IReadOnlyList<IMotion> All { get; } =
    [
        new Fade(),
        Slide.Up,
        Slide.Down,
        Slide.Left,
        Slide.Right,
        new ZoomIn(),
        new ZoomOut(),
        Arrival.Bounce,
        Wipe.Left,
        Wipe.Right,
        Wipe.Up,
        Wipe.Down,
        Change.Blur,
        Change.Explode,
        Change.Evaporate,
        Change.Overlay,
        Change.Difference,
        Change.GlitchPop,
        Arrival.BounceMotion,
        Arrival.RubberIn,
        Arrival.WhipUp,
        Arrival.WhipDown,
        Arrival.DriftIn,
        Arrival.DriftOut,
        Arrival.SwingIn,
        Arrival.SwingOut,
        Arrival.ElasticRise,
        Arrival.ElasticDrop,
        Arrival.TiltZoom,
        Arrival.SmoothPop,
        Rotate.Clockwise,
        Rotate.Counterclockwise,
        KenBurns.In,
        KenBurns.Out,
        KenBurns.InOut,
        Cycle.Wiggle,
        Cycle.Turn,
        Cycle.SmoothTurn,
        Cycle.Spin,
        Cycle.Sway,
        Cycle.Breathe,
        Cycle.Orbit,
        Cycle.Shimmer,
    ];

    static readonly Dictionary<string, IMotion> ByName = All.ToDictionary(motion => motion.Name);

    public static IMotion? Find(string name) => ByName.GetValueOrDefault(name);
}
