using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

sealed class Fade : IMotion
{
    public string Name => "fade";

    public MotionDirections Directions => MotionDirections.Both;

    public IReadOnlyList<MotionScope> Scopes { get; } = [MotionScope.Element, MotionScope.Character];

    public Pose At(double presence, in MotionStage stage) => Pose.Rest with { Opacity = presence };
}
