using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>Shrinks to nothing about the anchor.</summary>
sealed class ZoomOut : IMotion
{
    public string Name => "zoom_out";

    public MotionDirections Directions => MotionDirections.Exit;

    public IReadOnlyList<MotionScope> Scopes { get; } = [MotionScope.Element];

    public Pose At(double presence, in MotionStage stage) => Pose.Rest with { Scale = presence };
}
