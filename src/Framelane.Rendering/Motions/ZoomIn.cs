using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>Grows from nothing about the anchor.</summary>
sealed class ZoomIn : IMotion
{
    public string Name => "zoom_in";

    public MotionDirections Directions => MotionDirections.Entrance;

    public IReadOnlyList<MotionScope> Scopes { get; } = [MotionScope.Element, MotionScope.Character];

    public Pose At(double presence, in MotionStage stage) => Pose.Rest with { Scale = presence };
}
