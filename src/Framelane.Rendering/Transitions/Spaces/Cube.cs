using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Spaces;

/// <summary>A cube turns a quarter to the left: the first picture is its front face, the second its right one. Round it is nothing.</summary>
sealed class Cube : ITransition
{
    // Of its side, by how much it draws back so that its near edge is not cut; and the light on a face seen edge-on.
    const double Back = 0.35, Darkest = 0.4;

    public string Name => "cube";

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        double width = target.Width;
        var (sin, cos) = Math.SinCos(Math.PI / 2 * Wide.Smooth(progress));
        var viewer = Columns.ViewerInWidths * width;
        var middle = viewer + width / 2 + Back * width * 2 * sin * cos;
        Columns.Draw(from, to, target, x =>
        {
            var across = (x - width / 2) / viewer;
            return Face(Shown.First, -sin, -cos, across) ?? Face(Shown.Second, cos, -sin, across) ?? Column.Nothing;
        });

        // The normal's parts to the right and away from the viewer.
        Column? Face(Shown picture, double right, double away, double across)
        {
            var facing = right * across + away;
            var depth = (width / 2 + away * middle) / facing;
            if (facing >= 0 || depth <= 0)
                return null;
            var place = depth * across * -away + (depth - middle) * right + width / 2;
            return place >= 0 && place <= width ? new Column(picture, (float)place, (float)(depth / viewer), (float)(Darkest + (1 - Darkest) * Math.Min(1, -away))) : null;
        }
    }
}
