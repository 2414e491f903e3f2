using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions;

/// <summary>An edge that moves across the picture and leaves the second one behind it.</summary>
sealed class Wipe : ITransition
{
    public static readonly Wipe Left = new("wipe_left", (x, _) => 1 - x);
    public static readonly Wipe Right = new("wipe_right", (x, _) => x);
    public static readonly Wipe Up = new("wipe_up", (_, y) => 1 - y);
    public static readonly Wipe Down = new("wipe_down", (_, y) => y);
    public static readonly Wipe Diagonal = new("diagonal_wipe", (x, y) => (x + y) / 2);

    readonly Func<double, double, double> reachedAt;

    /// <param name="reachedAt">The progress at which the edge is at a point, whose x and y go from 0 to 1; it is linear in both.</param>
    Wipe(string name, Func<double, double, double> reachedAt) => (Name, this.reachedAt) = (name, reachedAt);

    public string Name { get; }

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        var (width, height) = (target.Width, target.Height);
        // By how much a pixel's own width and height move the edge: over that it is blended, so that the edge is smooth.
        var reach = Math.Abs(reachedAt(1.0 / width, 0) - reachedAt(0, 0)) + Math.Abs(reachedAt(0, 1.0 / height) - reachedAt(0, 0));
        Rows.ForEach(height, y =>
        {
            var start = reachedAt(0.5 / width, (y + 0.5) / height);
            var step = reachedAt(1.5 / width, (y + 0.5) / height) - start;
            double Share(int x) => Math.Clamp((progress - (start + x * step)) / reach + 0.5, 0, 1);

            if (step == 0)
            {
                Fill(y, 0, width, Share(0));
                return;
            }

            var middle = (progress - start) / step;
            var blended = Math.Abs(reach / 2 / step);
            var first = (int)Math.Clamp(Math.Floor(middle - blended), 0, width);
            var last = (int)Math.Clamp(Math.Ceiling(middle + blended) + 1, first, width);
            Fill(y, 0, first, step > 0 ? 1 : 0);
            for (var x = first; x < last; x++)
                Fill(y, x, x + 1, Share(x));
            Fill(y, last, width, step > 0 ? 0 : 1);
        });

        void Fill(int y, int first, int end, double share)
        {
            var run = (first * PixelBuffer.BytesPerPixel)..(end * PixelBuffer.BytesPerPixel);
            var weights = new Mixer.Weights(1 - share, share);
            if (share is 0 or 1)
                (share == 0 ? from : to).Row(y)[run].CopyTo(target.Row(y)[run]);
            else
                Mixer.Mix(from.Row(y)[run], to.Row(y)[run], weights, weights, target.Row(y)[run]);
        }
    }
}
