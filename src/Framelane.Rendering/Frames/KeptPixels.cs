namespace Framelane.Rendering.Frames;

/// <summary>Pixels that can be made anew, and are kept from frame to frame because they rarely change.</summary>
interface IKeptPixels
{
    long Bytes { get; }

    /// <summary>Frees them.</summary>
    void Forget();
}

/// <summary>Keeps what was used last, as much of it as fits. For one thread.</summary>
/// <param name="mostBytes">Of all pixels together; the ones that are in use at the moment may be more.</param>
sealed class KeptPixels(long mostBytes = KeptPixels.UsualBytes)
{
    const long UsualBytes = 256 << 20;

    readonly LinkedList<IKeptPixels> latest = [];

    public void Keep(IKeptPixels used)
    {
        latest.Remove(used);
        latest.AddLast(used);
        for (var bytes = latest.Sum(each => each.Bytes); bytes > mostBytes && latest.First!.Value != used; latest.RemoveFirst())
        {
            bytes -= latest.First.Value.Bytes;
            latest.First.Value.Forget();
        }
    }
}
