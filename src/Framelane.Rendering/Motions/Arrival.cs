using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>Entrances and exits of which the pose is all that there is.</summary>
static class Arrival
{
    // Degrees and factors of what is not there yet.
    const double TiltedBack = 55, Swung = 75, Drifted = 0.12;

    static readonly MotionScope[] ElementOnly = [MotionScope.Element], Both = [MotionScope.Element, MotionScope.Character];

    /// <summary>Falls from above the canvas and bounces to rest, each time to a quarter of the height before.</summary>
    public static readonly Appearance Bounce = new("bounce", MotionDirections.Both, Both, (double come, in MotionStage stage) =>
        Pose.Rest with { Y = stage.ToTop * Curves.Fall(come) });

    /// <summary>Drops in from a little above, squashed each time that it lands.</summary>
    public static readonly Appearance BounceMotion = new("bounce_motion", MotionDirections.Entrance, Both, (double come, in MotionStage stage) =>
    {
        var fall = Curves.Fall(come);
        var squash = Math.Max(0, 0.12 - fall) / 0.12 * 0.25 * Math.Sin(Math.PI * come);
        return Pose.Rest with { Y = -fall * stage.BoxHeight * 0.8, StretchX = 1 + squash, StretchY = 1 - squash, Opacity = Math.Min(1, come * 6) };
    });

    /// <summary>Stretched one way and then the other like rubber, until it is its own shape.</summary>
    public static readonly Appearance RubberIn = new("rubber_in", MotionDirections.Entrance, Both, (double come, in MotionStage _) =>
        Pose.Rest with { StretchX = Curves.Spring(come, 3), StretchY = Curves.Spring(come * come, 2.5), Opacity = Math.Min(1, come * 8) });

    /// <summary>Shoots up from below, stretched by its speed, a little too far and back.</summary>
    public static readonly Appearance WhipUp = Whip("whip_up", MotionDirections.Entrance);

    /// <summary>Ducks and shoots down.</summary>
    public static readonly Appearance WhipDown = Whip("whip_down", MotionDirections.Exit);

    /// <summary>Floats in from the left, a little tilted, while it fades in.</summary>
    public static readonly Appearance DriftIn = new("drift_in", MotionDirections.Entrance, Both, (double come, in MotionStage stage) => Drift(come, stage, -1));

    /// <summary>Floats away to the upper right, a little tilted, while it fades out.</summary>
    public static readonly Appearance DriftOut = new("drift_out", MotionDirections.Exit, Both, (double come, in MotionStage stage) => Drift(come, stage, 1));

    /// <summary>Swings open about the edge that is seen above like a sign, and to and fro until it hangs still.</summary>
    public static readonly Appearance SwingIn = new("swing_in", MotionDirections.Entrance, ElementOnly, (double come, in MotionStage stage) => Swing(Curves.Spring(come, 2.5), come, stage));

    /// <summary>Swings up about the edge that is seen above and is gone.</summary>
    public static readonly Appearance SwingOut = new("swing_out", MotionDirections.Exit, ElementOnly, (double come, in MotionStage stage) => Swing(come, come, stage));

    /// <summary>Rises from below the canvas as on a spring.</summary>
    public static readonly Appearance ElasticRise = new("elastic_rise", MotionDirections.Entrance, ElementOnly, (double come, in MotionStage stage) =>
        Pose.Rest with { Y = stage.ToBottom * (1 - Curves.Spring(come, 2)) });

    /// <summary>Is drawn up a little as on a spring, and drops out of the canvas.</summary>
    public static readonly Appearance ElasticDrop = new("elastic_drop", MotionDirections.Exit, ElementOnly, (double come, in MotionStage stage) =>
        Pose.Rest with { Y = stage.ToBottom * (1 - Curves.Overshoot(come)), StretchY = 1 + 0.2 * Math.Sin(Math.PI * come) });

    /// <summary>Leans back far away, and stands up as it comes near.</summary>
    public static readonly Appearance TiltZoom = new("tilt_zoom", MotionDirections.Entrance, ElementOnly, (double come, in MotionStage _) =>
        Pose.Rest with { XRotation = TiltedBack * (1 - come), Rotation = -8 * (1 - come), Scale = 0.4 + 0.6 * come, Opacity = Math.Min(1, come * 2) });

    /// <summary>Grows to a tenth too large and settles, while it fades in.</summary>
    public static readonly Appearance SmoothPop = new("smooth_pop", MotionDirections.Entrance, ElementOnly, (double come, in MotionStage _) =>
        Pose.Rest with { Scale = Curves.Overshoot(come), Opacity = Math.Min(1, come * 2.5) });

    static Appearance Whip(string name, MotionDirections directions) => new(name, directions, Both, (double come, in MotionStage stage) =>
    {
        const double stretched = 0.6;
        var way = 1 - Curves.Overshoot(come);
        // So far that it is outside although it is stretched.
        var outside = stage.ToBottom + stretched * (stage.Bottom - stage.Top);
        return Pose.Rest with { Y = outside * way, StretchY = 1 + stretched * Math.Abs(way), StretchX = 1 - 0.3 * Math.Min(1, Math.Abs(way)) };
    });

    static Pose Drift(double come, in MotionStage stage, int side) => Pose.Rest with
    {
        X = side * Drifted * stage.CanvasWidth * (1 - come), Y = -Drifted / 2 * stage.CanvasHeight * (1 - come), Rotation = side * 6 * (1 - come), Opacity = come,
    };

    static Pose Swing(double hang, double come, in MotionStage stage)
    {
        var angle = Swung * (1 - hang);
        // The anchor need not lie on the edge above: what the turn does to that edge is taken back.
        var (x, y) = stage.Hang(angle);
        return Pose.Rest with { Rotation = angle, X = x, Y = y, Opacity = Math.Min(1, come * 3) };
    }
}
