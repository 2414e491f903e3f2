using Framelane.Bench.Common;

namespace Framelane.Bench.Catalogue;

/// <summary>What a drawing costs one core: all of this process's CPU time, whichever threads it ran on, so that neighbours do not count.</summary>
static class CpuTime
{
    static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250), Enough = TimeSpan.FromMilliseconds(120), Pause = TimeSpan.FromMilliseconds(250);

    /// <returns>Milliseconds a frame: the median of the runs.</returns>
    /// <param name="prepare">What is done before each frame, and does not count.</param>
    /// <param name="draw">Of the frame with that number.</param>
    /// <param name="isWarm">Whether it was measured before.</param>
    public static double OfFrame(int runs, Action prepare, Action<int> draw, bool isWarm = false)
    {
        var frame = 0;
        if (!isWarm)
        {
            // Long enough for the compiler to have done its best, which it does while nothing new is called for a while.
            for (var spent = TimeSpan.Zero; spent < WarmUp || frame < 40;)
                spent += Once();
            Thread.Sleep(Pause);
        }

        for (var warm = frame + 40; frame < warm;)
            Once();
        var medians = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            var (spent, frames) = (TimeSpan.Zero, 0);
            for (; spent < Enough || frames < 5; frames++)
                spent += Once();
            medians[run] = spent.TotalMilliseconds / frames;
        }

        return Statistics.Median(medians);

        TimeSpan Once()
        {
            prepare();
            var began = Environment.CpuUsage.TotalTime;
            draw(frame++);
            return Environment.CpuUsage.TotalTime - began;
        }
    }
}
