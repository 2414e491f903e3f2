using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Spaces;

/// <summary>The first picture's halves open like a double door towards the viewer; through it the second comes nearer out of the dark.</summary>
sealed class Doorway : ITransition
{
    // How many times as far as the screen the second begins, and the light there and on an open door.
    const double Farthest = 2, Dark = 0.3, Open = 0.5;

    public string Name => "doorway";

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        double width = target.Width;
        var viewer = Columns.ViewerInWidths * width;
        var (sin, cos) = Math.SinCos(Math.PI / 2 * progress);
        var near = Wide.Smooth(progress);
        var (depth, light) = (Farthest + (1 - Farthest) * near, Dark + (1 - Dark) * near);
        Columns.Draw(from, to, target, x =>
        {
            var isLeft = x <= width / 2;
            var fromHinge = isLeft ? x : width - x;
            // Where the line of sight meets the door, from its hinge.
            var place = fromHinge / (cos + (fromHinge - width / 2) / viewer * sin);
            if (place >= 0 && place <= width / 2 && sin < 1)
                return new(Shown.First, (float)(isLeft ? place : width - place), (float)(1 - place * sin / viewer), (float)(1 - (1 - Open) * sin));
            var behind = width / 2 + (x - width / 2) * depth;
            return behind >= 0 && behind <= width ? new(Shown.Second, (float)behind, (float)depth, (float)light) : Column.Nothing;
        });
    }
}
