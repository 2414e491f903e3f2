using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Motions;

/// <summary>What a motion adds to an element's placement at one instant.</summary>
/// <param name="X">Pixels.</param>
/// <param name="Rotation">Degrees, clockwise.</param>
/// <param name="ContentZoom">Of the content within its box.</param>
public readonly record struct Pose(double X, double Y, double Scale, double Rotation, double Opacity, double ContentZoom)
{
    public static readonly Pose Rest = new(0, 0, 1, 0, 1, 1);

    public Pose And(in Pose other) => new(
        X + other.X, Y + other.Y, Scale * other.Scale, Rotation + other.Rotation, Opacity * other.Opacity, ContentZoom * other.ContentZoom);

    public Placement Move(in Placement placement) => placement with
    {
        X = placement.X + X,
        Y = placement.Y + Y,
        ScaleX = placement.ScaleX * Scale,
        ScaleY = placement.ScaleY * Scale,
        ZRotation = placement.ZRotation + Rotation,
        ContentZoom = placement.ContentZoom * ContentZoom,
    };
}
