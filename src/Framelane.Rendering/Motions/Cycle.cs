using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions.Finishes;

namespace Framelane.Rendering.Motions;

/// <summary>Goes round and round, at its own pace; at rest where a round begins and ends.</summary>
sealed class Cycle : IMotion
{
    static readonly MotionScope[] ElementOnly = [MotionScope.Element], Both = [MotionScope.Element, MotionScope.Character];

    // Of a round: the sweep of light; what is left is the pause.
    const double SweepShare = 0.7;

    /// <summary>Tilts to and fro.</summary>
    public static readonly Cycle Wiggle = new("loop_wiggle", ElementOnly, (double round, in MotionStage _) => Pose.Rest with { Rotation = 6 * Math.Sin(2 * Math.Tau * round) });

    /// <summary>Turns clockwise, always as fast.</summary>
    public static readonly Cycle Turn = new("loop_rotate", ElementOnly, (double round, in MotionStage _) => Pose.Rest with { Rotation = 360 * round });

    /// <summary>Turns clockwise, slows down and gathers speed.</summary>
    public static readonly Cycle SmoothTurn = new("loop_rotate_smooth", ElementOnly, (double round, in MotionStage _) =>
        Pose.Rest with { Rotation = 360 * (round - Math.Sin(Math.Tau * round) / Math.Tau) });

    /// <summary>Turns about the vertical axis, in perspective.</summary>
    public static readonly Cycle Spin = new("loop_3d_spin", ElementOnly, (double round, in MotionStage _) => Pose.Rest with { YRotation = 360 * round });

    /// <summary>Sways about both axes of its plane, in perspective.</summary>
    public static readonly Cycle Sway = new("loop_3d_sway", ElementOnly, (double round, in MotionStage _) =>
        Pose.Rest with { YRotation = 24 * Math.Sin(Math.Tau * round), XRotation = 8 * Math.Sin(2 * Math.Tau * round) });

    /// <summary>Grows and shrinks as slowly as breath.</summary>
    public static readonly Cycle Breathe = new("loop_breathe", Both, (double round, in MotionStage _) => Pose.Rest with { Scale = 1 + 0.06 * Curves.Swell(round) });

    /// <summary>Goes round in a circle below its place.</summary>
    public static readonly Cycle Orbit = new("loop_orbit", ElementOnly, (double round, in MotionStage stage) =>
    {
        var radius = 0.06 * Math.Min(stage.CanvasWidth, stage.CanvasHeight);
        return Pose.Rest with { X = radius * Math.Sin(Math.Tau * round), Y = radius * (1 - Math.Cos(Math.Tau * round)) };
    });

    /// <summary>A band of light sweeps over it, and comes again after a pause.</summary>
    public static readonly Cycle Shimmer = new("loop_shimmer", Both, (double round, in MotionStage _) =>
        round >= SweepShare ? Pose.Rest : Pose.Rest with { Finish = new LightBand(round / SweepShare) });

    readonly Look look;

    Cycle(string name, IReadOnlyList<MotionScope> scopes, Look look) => (Name, Scopes, this.look) = (name, scopes, look);

    delegate Pose Look(double round, in MotionStage stage);

    public string Name { get; }

    public MotionDirections Directions => MotionDirections.Entrance;

    public bool IsLoop => true;

    public IReadOnlyList<MotionScope> Scopes { get; }

    public Pose At(double presence, in MotionStage stage) => presence is <= 0 or >= 1 ? Pose.Rest : look(presence, stage);
}
