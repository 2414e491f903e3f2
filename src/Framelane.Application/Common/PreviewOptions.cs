namespace Framelane.Application.Common;

/// <summary>Section <c>Framelane:Previews</c>: the pictures that are made within a request, by the process that got it.</summary>
public sealed class PreviewOptions
{
    public const string Section = "Framelane:Previews";

    /// <summary>How long one may take, from its place to its picture.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Previews that this process makes at once. Of two or more, one workspace never has all.</summary>
    public int Concurrency { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How long one waits for a place.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of memory that the decoded pictures of one preview's sources may take at one instant, from 1 MiB to 2 GiB; of a sheet too. A picture
    /// whose own pixels, four bytes each, are more is refused.</summary>
    /// <remarks>Photographs of 50 megapixels fit; in a sheet, of which two halves are made at once with half of it each, those that are decoded to no more than 25.</remarks>
    public long MaxPictureBytes { get; set; } = 192 << 20;
}
