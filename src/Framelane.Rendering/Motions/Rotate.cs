using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>Half a turn about the anchor while it fades in.</summary>
sealed class Rotate : IMotion
{
    public static readonly Rotate Clockwise = new("rotate_cw", -180);
    public static readonly Rotate Counterclockwise = new("rotate_ccw", 180);

    readonly double absent;

    Rotate(string name, double absent) => (Name, this.absent) = (name, absent);

    public string Name { get; }

    public MotionDirections Directions => MotionDirections.Both;

    public IReadOnlyList<MotionScope> Scopes { get; } = [MotionScope.Element];

    public Pose At(double presence, in MotionStage stage) => Pose.Rest with { Rotation = absent * (1 - presence), Opacity = presence };
}
