namespace Framelane.Rendering.Tests;

/// <summary>Every kernel makes the same picture by the processor's own vectors and without them, and on however many cores: a machine that lacks
/// some renders what others do.</summary>
public sealed class KernelTests
{
    /// <summary>Of a byte's 255. They were equal in every byte when this was written. But a processor may multiply and add in one go, which rounds once and not twice, and what lies on the border of two levels then goes either way.</summary>
    const int Levels = 1;

    /// <summary>Of a picture's bytes, which may differ by more: where a threshold makes a pixel one of two things, the same last bit decides which.</summary>
    const double Undecided = 0.001;

    [TestCase("DOTNET_EnableAVX2=0")]
    [TestCase("DOTNET_EnableHWIntrinsic=0")]
    public void A_process_with_fewer_instructions_draws_the_whole_catalogue_alike(string settings)
    {
        Assume.That(Elsewhere.Here, Does.StartWith("vectors of 256 bits: True, gathering: True"), "this processor has what is to be compared with");
        var (here, there, drawn) = Drawn(settings);
        Assert.That(there, Does.StartWith("vectors of 256 bits: False, gathering: False"));
        using (Assert.EnterMultipleScope())
        {
            foreach (var ((name, bytes), (_, other)) in here.Zip(drawn))
                Assert.That((double)bytes.Zip(other).Count(pair => Math.Abs(pair.First - pair.Second) > Levels) / bytes.Length, Is.LessThanOrEqualTo(Undecided), name);
        }
    }

    [TestCase(1)]
    [TestCase(7)]
    public void A_process_of_another_number_of_cores_draws_the_whole_catalogue_to_the_byte(int cores)
    {
        Assume.That(Environment.ProcessorCount, Is.Not.EqualTo(cores));
        var (here, there, drawn) = Drawn($"DOTNET_PROCESSOR_COUNT={cores}");
        Assert.That(there, Does.Contain($"cores: {cores},"));
        using (Assert.EnterMultipleScope())
        {
            foreach (var ((name, bytes), (_, other)) in here.Zip(drawn))
                Assert.That(bytes.AsSpan().SequenceEqual(other), name);
        }
    }

    static ((string Name, byte[] Bytes)[] Here, string There, (string Name, byte[] Bytes)[] Drawn) Drawn(string settings)
    {
        var source = Kernels.PaintSource();
        var elsewhere = Task.Run(() => new Elsewhere(settings).Draw(nameof(Kernels), source));
        (string Name, byte[] Bytes)[] here = [.. Kernels.Draw(source)];
        var (there, drawn) = elsewhere.GetAwaiter().GetResult();
        Assert.That(drawn.Select(picture => picture.Name), Is.EqualTo(here.Select(picture => picture.Name)));
        return (here, there, drawn);
    }
}
