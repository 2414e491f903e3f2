namespace Framelane.Rendering.Tests;

/// <summary>Every kernel makes the same picture by the processor's own vectors and without them: a machine that lacks them renders what others do.</summary>
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
        Assume.That(Kernels.Instructions, Is.EqualTo("vectors of 256 bits: True, gathering: True"), "this processor has what is to be compared with");
        var source = Kernels.PaintSource();
        var elsewhere = Task.Run(() => Kernels.DrawElsewhere(settings, source));
        (string Name, byte[] Bytes)[] here = [.. Kernels.Draw(source)];
        var (instructions, there) = elsewhere.GetAwaiter().GetResult();

        Assert.That(instructions, Is.EqualTo("vectors of 256 bits: False, gathering: False"));
        Assert.That(there, Has.Length.EqualTo(here.Length));
        using (Assert.EnterMultipleScope())
        {
            foreach (var ((name, bytes), other) in here.Zip(there))
                Assert.That((double)bytes.Zip(other).Count(pair => Math.Abs(pair.First - pair.Second) > Levels) / bytes.Length, Is.LessThanOrEqualTo(Undecided), name);
        }
    }
}
