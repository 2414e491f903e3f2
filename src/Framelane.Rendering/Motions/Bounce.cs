using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>Falls from above the canvas and bounces to rest, each time to a quarter of the height before.</summary>
sealed class Bounce : IMotion
{
    public string Name => "bounce";

    public MotionDirections Directions => MotionDirections.Both;

    public IReadOnlyList<MotionScope> Scopes { get; } = [MotionScope.Element, MotionScope.Character];

    public Pose At(double presence, in MotionStage stage) => Pose.Rest with { Y = -stage.Bottom * Curves.Fall(presence) };
}
