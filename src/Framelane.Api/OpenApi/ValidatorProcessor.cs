using System.Globalization;
using FluentValidation;
using FluentValidation.Validators;
using Framelane.Application.Common;
using Framelane.Domain.Webhooks;
using NJsonSchema;
using NJsonSchema.Generation;

namespace Framelane.Api.OpenApi;

/// <summary>Reads lengths and ranges off the validators of requests, so that the document cannot promise other ones.</summary>
sealed class ValidatorProcessor(IServiceProvider services) : ISchemaProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        using var scope = services.CreateScope();
        var validatorType = typeof(IValidator<>).MakeGenericType(context.ContextualType.Type);
        if (scope.ServiceProvider.GetService(validatorType) is not IValidator validator)
            return;

        // What is ruled as a whole has no member.
        foreach (var member in validator.CreateDescriptor().GetMembersWithValidators().Where(member => member.Key is not null))
        {
            // Fields of a PATCH are ruled by what they hold: "Description.Value".
            var name = WireJson.Options.PropertyNamingPolicy!.ConvertName(member.Key.Split('.')[0]);
            if (!context.Schema.Properties.TryGetValue(name, out var schema))
                continue;
            foreach (var (rule, _) in member)
                Apply(rule, schema);
            if (schema.Format == "uri")
                (schema.MinLength, schema.MaxLength) = (1, Webhook.MaxUrlLength);
        }
    }

    static void Apply(IPropertyValidator rule, JsonSchema schema)
    {
        switch (rule)
        {
            case INotEmptyValidator when schema.Type.HasFlag(JsonObjectType.Array):
                schema.MinItems = 1;
                break;
            case INotEmptyValidator:
                schema.MinLength = 1;
                break;
            case ILengthValidator length:
                schema.MinLength = length.Min > 0 ? length.Min : schema.MinLength;
                schema.MaxLength = length.Max > 0 ? length.Max : schema.MaxLength;
                break;
            case IBetweenValidator { Name: "InclusiveBetweenValidator" } between:
                schema.Minimum = Convert.ToDecimal(between.From, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToDecimal(between.To, CultureInfo.InvariantCulture);
                break;
        }
    }
}
