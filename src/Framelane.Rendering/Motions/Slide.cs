using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>From just outside the canvas to its place, in the direction of the name.</summary>
sealed class Slide : IMotion
{
    public static readonly Slide Up = new("slide_up", (in MotionStage stage) => (0, stage.CanvasHeight - stage.Top));
    public static readonly Slide Down = new("slide_down", (in MotionStage stage) => (0, -stage.Bottom));
    public static readonly Slide Left = new("slide_left", (in MotionStage stage) => (stage.CanvasWidth - stage.Left, 0));
    public static readonly Slide Right = new("slide_right", (in MotionStage stage) => (-stage.Right, 0));

    readonly Outside outside;

    Slide(string name, Outside outside) => (Name, this.outside) = (name, outside);

    delegate (double X, double Y) Outside(in MotionStage stage);

    public string Name { get; }

    public MotionDirections Directions => MotionDirections.Both;

    public IReadOnlyList<MotionScope> Scopes { get; } = [MotionScope.Element, MotionScope.Character];

    public Pose At(double presence, in MotionStage stage)
    {
        var (x, y) = outside(stage);
        return Pose.Rest with { X = x * (1 - presence), Y = y * (1 - presence) };
    }
}
