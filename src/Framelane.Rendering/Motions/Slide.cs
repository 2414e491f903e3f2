using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>From just outside the canvas to its place, in the direction of the name.</summary>
static class Slide
{
    public static readonly Appearance Up = Of("slide_up", (in MotionStage stage) => (0, stage.ToBottom));
    public static readonly Appearance Down = Of("slide_down", (in MotionStage stage) => (0, stage.ToTop));
    public static readonly Appearance Left = Of("slide_left", (in MotionStage stage) => (stage.ToRight, 0));
    public static readonly Appearance Right = Of("slide_right", (in MotionStage stage) => (stage.ToLeft, 0));

    delegate (double X, double Y) Outside(in MotionStage stage);

    static Appearance Of(string name, Outside outside) => new(name, MotionDirections.Both, [MotionScope.Element, MotionScope.Character], (double come, in MotionStage stage) =>
    {
        var (x, y) = outside(stage);
        return Pose.Rest with { X = x * (1 - come), Y = y * (1 - come) };
    });
}
