using System.Linq.Expressions;
using FluentValidation;
using Framelane.Api.Conventions.Validation;
using Framelane.Application.Common;

namespace Framelane.Api.Tests.Unit;

public sealed class FaultTests
{
    [TestCase("", "too_short")]
    [TestCase("abcdef", "too_long")]
    public void A_validators_code_becomes_a_stable_word(string name, string type) =>
        Assert.That(FaultsOf(new() { Name = name }, rules => rules.RuleFor(sample => sample.Name).NotEmpty().MaximumLength(5)).Single().Type, Is.EqualTo(type));

    [TestCase("a", "too_short")]
    [TestCase("abcdef", "too_long")]
    public void A_length_rule_tells_which_end(string name, string type) =>
        Assert.That(FaultsOf(new() { Name = name }, rules => rules.RuleFor(sample => sample.Name).Length(2, 5)).Single().Type, Is.EqualTo(type));

    [Test]
    public void Limits_are_told_by_wire_names()
    {
        var fault = FaultsOf(new() { Name = "n", Count = 12 }, rules => rules.RuleFor(sample => sample.Count).InclusiveBetween(1, 10)).Single();

        Assert.Multiple(() =>
        {
            Assert.That(fault.Type, Is.EqualTo("out_of_range"));
            Assert.That(fault.Context, Is.EquivalentTo(new Dictionary<string, object?> { ["ge"] = 1, ["le"] = 10 }));
            Assert.That(fault.Input, Is.EqualTo(12));
        });
    }

    [Test]
    public void Our_own_words_stay_and_library_names_do_not_leak()
    {
        var faults = FaultsOf(new() { Name = "n" }, rules =>
        {
            rules.RuleFor(sample => sample.Name).Must(_ => false).WithErrorCode("duplicate_element_id");
            rules.RuleFor(sample => sample.Count).Must(_ => false);
        });

        Assert.That(faults.Select(fault => fault.Type), Is.EqualTo(new[] { "duplicate_element_id", "invalid" }));
    }

    [Test]
    public void Meaning_is_not_judged_where_the_shape_is_wrong()
    {
        var faults = new RequestFaults();
        faults.AddShape(["body", "tags", 1], "string_type", "");
        faults.AddShape(["body", "part"], "object_type", "");

        faults.AddMeaning(new(["body", "tags", 1], "", "unknown_event"));
        faults.AddMeaning(new(["body", "part", "size"], "", "out_of_range"));
        faults.AddMeaning(new(["body", "tags", 2], "", "unknown_event"));
        faults.AddMeaning(new(["body", "tags"], "", "too_long"));

        Assert.That(faults.All.Select(fault => fault.Type), Is.EqualTo(new[] { "string_type", "object_type", "unknown_event", "too_long" }));
    }

    [Test]
    public void Places_are_ordered_part_by_part()
    {
        IReadOnlyList<object>[] places = [["query", "a"], ["body", "b", 10], ["body", "b", 9, "x"], ["body", "b"], ["body", "B"], ["body"]];

        Assert.That(
            places.Order(PlaceOrder.Instance).Select(place => string.Join('/', place)),
            Is.EqualTo(new[] { "body", "body/B", "body/b", "body/b/9/x", "body/b/10", "query/a" }));
    }

    [Test]
    public void Messages_call_fields_by_their_wire_names()
    {
        Expression<Func<Sample, string>> wrapped = sample => sample.Given.Value;
        Expression<Func<Part, IReadOnlyList<Part>?>> plain = part => part.Inner;

        Assert.Multiple(() =>
        {
            Assert.That(WireDisplayNames.Resolve(typeof(Sample), ((MemberExpression)wrapped.Body).Member, wrapped), Is.EqualTo("given"));
            Assert.That(WireDisplayNames.Resolve(typeof(Part), ((MemberExpression)plain.Body).Member, plain), Is.EqualTo("inner"));
        });
    }

    static List<ValidationFault> FaultsOf(Sample sample, Action<InlineValidator<Sample>> rules)
    {
        var validator = new InlineValidator<Sample>();
        rules(validator);
        return [.. validator.Validate(sample).Errors.Select(failure => MeaningFaults.Of(typeof(Sample), failure))];
    }
}
